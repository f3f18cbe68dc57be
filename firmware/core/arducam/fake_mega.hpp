// An Arducam Mega as its registers show it, on a bus of 8 MHz: what it answers, byte by byte and at which
// time, and in which ways it fails. It notes what a camera would not have forgiven.
#pragma once

#include "firmware/core/arducam/registers.hpp"
#include "firmware/core/arducam/sensors.hpp"
#include "firmware/core/platform/fake_clock.hpp"
#include "firmware/core/platform/power_switch.hpp"
#include "firmware/core/platform/spi.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace heliograph::firmware {

// What stands in the FIFO after an exposure, and what the camera says of it.
struct FakeShot {
  std::string picture;   // empty: drawn, larger with more pixels and quality, and dark until it has settled
  std::string padding;   // behind it
  std::size_t lost = 0;  // bytes of its start
  std::size_t cut = SIZE_MAX;  // bytes that there are; zeros follow, as many as were told
  std::optional<std::uint32_t> told;
  bool finishes = true;
};

class FakeMega final : public Spi, public PowerSwitch {
 public:
  // The least that helps against what is wrong with it.
  enum class Cure { reset, power_cycle, nothing };

  FakeMega(FakeClock& clock, std::uint8_t id) : id(id), clock_(clock) { lose_state(); }

  bool transfer(const std::uint8_t* command, std::size_t command_size, std::uint8_t* reply,
                std::size_t reply_size, std::int64_t deadline_ms) override {
    ++transfers;
    if (bus_held) {
      clock_.sleep_until(deadline_ms);
      return false;
    }
    pass(command_size + reply_size);
    if (command_size > max_spi_command || reply_size > max_spi_reply) note("a transfer that is too long");
    if (!connected || !powered_) {
      std::fill_n(reply, reply_size, floating);
      return true;
    }
    if ((command[0] & mega::write_bit) != 0) {
      if (command_size != 2 || reply_size != 0) note("a write that is none");
      write(command[0] & 0x7F, command[1]);
    } else if (command[0] == mega::burst_read) {
      burst(command_size - 1, reply, reply_size);
    } else {
      if (command_size != 2 || reply_size != 1) note("a read that is none");
      *reply = read(command[0]);
    }
    return true;
  }

  void set(bool on) override {
    if (on && !powered_) {
      ++power_cycles;
      cure(Cure::power_cycle);
      lose_state();
    }
    powered_ = on;
  }

  bool resting() const { return resting_; }
  bool powered() const { return powered_; }
  std::uint8_t held(std::uint8_t address) const { return registers_[address]; }

  // How it is. What is wrong of the next three is cured by this.
  std::uint8_t id;
  Cure cured_by = Cure::nothing;
  bool connected = true;
  bool busy_for_ever = false;
  FakeShot usual;
  std::uint8_t floating = 0xFF;  // what the line reads when nothing drives it
  bool bus_held = false;         // by somebody who never lets it go
  bool rests_over_resets = false;
  std::int64_t reset_ms = 1'500;
  std::int64_t setting_ms = 5;
  std::int64_t frame_ms = 66;
  std::array<std::size_t, 3> pixels_a_byte{20, 40, 80};  // by quality
  std::deque<FakeShot> shots;                            // before the usual ones

  // What it has seen.
  std::vector<std::string> mistakes;
  std::vector<std::pair<std::uint8_t, std::uint8_t>> writes;  // of settings
  int transfers = 0;
  int resets = 0;
  int power_cycles = 0;
  int exposures = 0;

 private:
  // A byte takes a microsecond.
  void pass(std::size_t bytes) {
    elapsed_us_ += static_cast<std::int64_t>(bytes);
    clock_.now_ms += elapsed_us_ / 1'000;
    elapsed_us_ %= 1'000;
  }

  void note(std::string mistake) { mistakes.push_back(std::move(mistake)); }

  void cure(Cure by) {
    if (by < cured_by) return;
    connected = true;
    busy_for_ever = false;
    usual = FakeShot();
  }

  void lose_state() {
    registers_.fill(0);
    idle_at_ms_ = clock_.now_ms + reset_ms;
    exposed_ = false;
    resting_ = resting_ && rests_over_resets;
    awake_since_ms_ = clock_.now_ms;
    frames_awake_ = 0;
    fifo_.clear();
  }

  bool is_idle() const { return !busy_for_ever && clock_.now_ms >= idle_at_ms_; }
  bool is_third() const { return sensor() == nullptr || sensor()->generation == mega::Generation::third; }
  const mega::Sensor* sensor() const { return mega::find_sensor(id); }

  std::uint8_t read(std::uint8_t address) {
    const std::size_t size = shot_.told.value_or(static_cast<std::uint32_t>(fifo_.size()));
    switch (address) {
      case mega::sensor_id:
        return id;
      case mega::state:
        return state();
      case mega::fifo_size_low:
        return size & 0xFF;
      case mega::fifo_size_middle:
        return size >> 8 & 0xFF;
      case mega::fifo_size_high:
        return size >> 16 & 0xFF;
      default:
        return registers_[address];
    }
  }

  std::uint8_t state() {
    const bool done = exposed_ && shot_.finishes && clock_.now_ms >= done_at_ms_;
    const int automatics = is_third() && clock_.now_ms < automatics_at_ms_ ? mega::automatics_busy : 0;
    return static_cast<std::uint8_t>((is_idle() ? mega::inner_bus_idle : 1) |
                                     (done ? mega::capture_done : 0) | automatics);
  }

  void write(std::uint8_t address, std::uint8_t value) {
    if (address == mega::sensor_reset) {
      ++resets;
      cure(Cure::reset);
      return lose_state();
    }
    if (address == mega::fifo_control) return control_fifo(value);
    if (!is_idle()) note("register " + std::to_string(address) + " was written while it was busy");
    if (is_third() && clock_.now_ms < automatics_at_ms_) note("a setting while the automatics were busy");
    writes.emplace_back(address, value);
    registers_[address] = value;
    idle_at_ms_ = clock_.now_ms + setting_ms;
    if (address == mega::automatics) automatics_at_ms_ = idle_at_ms_ + setting_ms;
    if (address == mega::format) registers_[mega::resolution] = 0xFF;  // newer sensors forget it
    look_at_power(address);
  }

  void look_at_power(std::uint8_t address) {
    if (sensor() == nullptr) return;
    switch (sensor()->generation) {
      case mega::Generation::first:
        if (address == mega::power_control) rest(registers_[address] == mega::power_resting);
        break;
      case mega::Generation::second:
        if (address == mega::inner_value_low) write_inner();
        break;
      case mega::Generation::third:
        if (address == mega::power_mode) rest(registers_[address] == 1);
        break;
    }
  }

  void write_inner() {
    const auto word = [this](std::uint8_t high, std::uint8_t low) {
      return static_cast<std::uint16_t>(registers_[high] << 8 | registers_[low]);
    };
    inner_[word(mega::inner_register_high, mega::inner_register_low)] =
        word(mega::inner_value_high, mega::inner_value_low);
    if (inner_[0x0028] == 0xD000 && inner_[0x002A] == 0x107E) rest(inner_[0x0F12] == 1);
  }

  void rest(bool resting) {
    if (resting_ && !resting) {
      awake_since_ms_ = clock_.now_ms;
      frames_awake_ = 0;
    }
    resting_ = resting;
  }

  void control_fifo(std::uint8_t value) {
    if (value == mega::fifo_clear) {
      exposed_ = false;
      return;
    }
    if (resting_) note("an exposure while it rested");
    if (exposed_) note("an exposure without clearing the one before");
    if (registers_[mega::format] != mega::format_jpeg) note("an exposure of no format");
    ++exposures;
    exposed_ = true;
    done_at_ms_ = clock_.now_ms + frame_ms;
    fill_fifo();
  }

  void fill_fifo() {
    shot_ = usual;
    if (!shots.empty()) {
      shot_ = shots.front();
      shots.pop_front();
    }
    const std::string picture = shot_.picture.empty() ? draw() : shot_.picture;
    ++frames_awake_;
    fifo_ = picture.substr(std::min(shot_.lost, picture.size())) + shot_.padding;
    const std::size_t size = fifo_.size();
    if (shot_.cut < size) {
      fifo_.resize(shot_.cut);
      fifo_.resize(size);
    }
    place_ = 0;
    first_ = true;
  }

  // It needs two frames and 400 ms to see.
  std::string draw() const {
    const bool settled = frames_awake_ >= 2 && clock_.now_ms - awake_since_ms_ >= 400;
    return "\xFF\xD8" + std::string(picture_size() - 4, settled ? 'p' : 'd') + "\xFF\xD9";
  }

  std::size_t picture_size() const {
    const mega::Sensor* kind = sensor();
    for (std::size_t i = 0; kind != nullptr && i < kind->resolution_count; ++i) {
      const mega::Resolution& one = kind->resolutions[i];
      if (one.code != registers_[mega::resolution]) continue;
      const std::size_t divisor = pixels_a_byte[registers_[mega::quality] % 3];
      return static_cast<std::size_t>(one.width) * static_cast<std::size_t>(one.height) / divisor;
    }
    return 4;  // of no size that it knows
  }

  void burst(std::size_t skipped, std::uint8_t* reply, std::size_t size) {
    if (!exposed_ || clock_.now_ms < done_at_ms_) note("a read of a picture that is not there");
    for (std::size_t i = 0; i < skipped + size; ++i) {
      std::uint8_t byte = 0xA5;  // of no meaning
      if (!std::exchange(first_, false))
        byte = place_ < fifo_.size() ? static_cast<std::uint8_t>(fifo_[place_++]) : 0;
      if (i >= skipped) reply[i - skipped] = byte;
    }
  }

  FakeClock& clock_;
  std::int64_t elapsed_us_ = 0;
  std::array<std::uint8_t, 128> registers_{};
  std::map<std::uint16_t, std::uint16_t> inner_;
  bool powered_ = true;
  bool resting_ = false;
  std::int64_t idle_at_ms_ = 0;
  std::int64_t automatics_at_ms_ = 0;
  std::int64_t awake_since_ms_ = 0;
  int frames_awake_ = 0;
  bool exposed_ = false;
  std::int64_t done_at_ms_ = 0;
  FakeShot shot_;
  std::string fifo_;
  std::size_t place_ = 0;
  bool first_ = true;
};

}  // namespace heliograph::firmware
