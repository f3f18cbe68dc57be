// A bus on which anything answers, at any time: the driver comes back by its deadline, writes nothing beside
// its slab, and what it calls a picture begins and ends as one.
#include "firmware/core/arducam/fake_mega.hpp"
#include "firmware/core/arducam/mega.hpp"
#include "firmware/core/platform/fake_clock.hpp"

#include <cstdlib>
#include <vector>

namespace {

using namespace heliograph::firmware;

void require(bool condition) {
  if (!condition) std::abort();
}

// Bytes in their order; zeros after the last one.
class Script {
 public:
  Script(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}

  bool empty() const { return size_ == 0; }
  std::uint8_t next() {
    if (size_ == 0) return 0;
    --size_;
    return *data_++;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
};

// A camera on it, of whose answers some are others, or all of them as long as the script lasts.
class ArbitraryBus final : public Spi, public PowerSwitch {
 public:
  ArbitraryBus(Script& script, FakeClock& clock)
      : script_(script),
        clock_(clock),
        camera_(clock, script.next()),
        lies_always_((script.next() & 1) != 0) {
    // A wait is a byte of input for every two milliseconds.
    camera_.reset_ms = 20;
    camera_.setting_ms = 1;
    camera_.frame_ms = 60;
  }

  bool transfer(const std::uint8_t* command, std::size_t command_size, std::uint8_t* reply,
                std::size_t reply_size, std::int64_t deadline_ms) override {
    require(command != nullptr && command_size >= 1 && command_size <= max_spi_command);
    require(reply_size <= max_spi_reply && (reply_size == 0 || reply != nullptr));
    require(camera_.transfer(command, command_size, reply, reply_size, deadline_ms));
    // One in sixteen is late, one in sixteen comes to nothing, one in sixteen is another.
    const std::uint8_t how = script_.next();
    const int kind = how >> 4;
    if (kind == 0xE) clock_.now_ms += how & 0x0F;
    if (kind == 0xF) clock_.sleep_until(deadline_ms);
    if (lies_always_ || kind == 0xD) {
      // A burst is not worth a byte of input for each of its own.
      for (std::size_t i = 0; i < reply_size && i < 32 && !script_.empty(); ++i) reply[i] = script_.next();
    }
    return kind != 0xF;
  }
  void set(bool on) override { camera_.set(on); }

 private:
  Script& script_;
  FakeClock& clock_;
  FakeMega camera_;
  const bool lies_always_;
};

void set_something(Script& script, ArducamMega& driver) {
  ImageSettings settings;
  const auto number = [&script] { return static_cast<std::int64_t>(script.next()) - 100; };
  constexpr std::string_view sizes[] = {"", "96x96", "640x480", "1600x1200", "2592x1944"};
  settings.resolution = ImageWord(sizes[script.next() % 5]);
  settings.quality = number();
  settings.rotation = script.next() * 90;
  settings.auto_exposure = (script.next() & 1) != 0;
  settings.exposure_lines = number() * 300;
  settings.auto_iso = (script.next() & 1) != 0;
  settings.iso_gain = number() * 10;
  settings.brightness = number() % 6;
  driver.apply(settings);
}

void capture(Script& script, ArducamMega& driver, FakeClock& clock) {
  // Of exactly this size, so that the byte beside it is nobody's.
  std::vector<std::uint8_t> slab(script.next() * 256U + script.next());
  const std::int64_t deadline_ms = clock.now_ms + script.next() * 64;
  Frame frame;
  const CaptureStatus status = driver.capture(slab.data(), slab.size(), deadline_ms, frame);
  require(clock.now_ms <= deadline_ms + 50);
  if (status != CaptureStatus::ok) return require(!driver.error_text().empty());
  require(driver.sensor() != nullptr && frame.size >= 4 && frame.size <= slab.size());
  require(slab[0] == 0xFF && slab[1] == 0xD8);
  require(slab[frame.size - 2] == 0xFF && slab[frame.size - 1] == 0xD9);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Script script(data, size);
  FakeClock clock;
  ArbitraryBus bus(script, clock);
  ArducamMega driver(bus, clock, (script.next() & 1) != 0 ? &bus : nullptr);
  for (int i = 0; i < 5; ++i) {
    const std::int64_t began_ms = clock.now_ms;
    switch (script.next() % 4) {
      case 0:
        driver.rest(script.next() * 1'000);
        require(clock.now_ms <= began_ms + 550);
        break;
      case 1:
        set_something(script, driver);
        break;
      case 2:
        driver.prefer({script.next() * 16, script.next()});
        break;
      default:
        capture(script, driver, clock);
    }
  }
  return 0;
}
