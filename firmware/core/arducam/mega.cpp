#include "firmware/core/arducam/mega.hpp"

#include "firmware/core/arducam/registers.hpp"
#include "firmware/core/jpeg_check.hpp"

namespace heliograph::firmware {

using mega::Control;
using mega::Form;
using mega::Generation;
using mega::Problem;
using mega::Remedy;

namespace {

// How long the camera may take, milliseconds. A reset takes it some 1,500; what others measured of the rest
// is below 100, but for a picture, which is exposed for as long as the night wants.
constexpr std::int64_t reset_limit_ms = 3'000;
constexpr std::int64_t write_limit_ms = 1'000;
constexpr std::int64_t picture_limit_ms = 4'000;

// Until its supply has run empty, and stands again.
constexpr std::int64_t power_off_ms = 500;
constexpr std::int64_t power_on_ms = 100;

// More bytes than these are no picture but a number read wrong: a byte for each pixel is thrice what the
// field sends at most, the rest is for the head and the padding of the smallest.
constexpr std::int64_t max_overhead = 16'384;

// Two steps of quality, and six of size from the largest to the smallest of its shape.
constexpr int max_smaller = 8;

// What no control is ever put to: it is written in any case.
constexpr std::uint16_t unknown = 0xFFFF;

// After a reset the camera has these defaults.
Form form_after_reset() {
  Form form;
  form[Control::format] = unknown;
  form[Control::resolution] = unknown;
  form[Control::quality] = unknown;
  form[Control::auto_exposure] = 1;
  form[Control::auto_gain] = 1;
  return form;
}

}  // namespace

bool ArducamMega::start(std::int64_t deadline_ms) {
  bus_.until(deadline_ms);
  if (is_off_) return give_power();
  return ready_ || reset();
}

Complaint ArducamMega::apply(const ImageSettings& settings) {
  if (sensor_ != nullptr) {
    Form ignored;
    const Complaint complaint = form_of(settings, *sensor_, ignored);
    if (!complaint.empty()) return complaint;
  }
  settings_ = settings;
  smaller_ = 0;
  return {};
}

void ArducamMega::rest(std::int64_t for_ms) {
  if (power_ != nullptr && for_ms >= min_mega_off_ms) return cut_power();
  bus_.until(clock_.mono_ms() + sensor_rest_limit_ms);
  if (!ready_ || resting_) return;
  resting_ = true;  // perhaps: half of it may have been done
  switch_rest(true);
}

void ArducamMega::cut_power() {
  power_->set(false);
  ready_ = false;
  is_off_ = true;
}

bool ArducamMega::give_power() {
  power_->set(true);
  is_off_ = false;
  bus_.pause(power_on_ms);
  return reset();
}

CaptureStatus ArducamMega::capture(std::uint8_t* out, std::size_t capacity, std::int64_t deadline_ms,
                                   Frame& frame) {
  bus_.until(deadline_ms);
  do {
    std::size_t size = 0;
    switch (mend(mega::remedy_after(failures_, power_ != nullptr)) ? take(out, capacity, size)
                                                                   : Taken::failed) {
      case Taken::ok:
        failures_ = 0;
        ++counters_.pictures;
        frame = Frame();
        frame.size = size;
        return CaptureStatus::ok;
      case Taken::too_large:
        failures_ = 0;  // it is well
        if (smaller_ == max_smaller) return CaptureStatus::failed;
        ++smaller_;
        break;
      case Taken::failed:
        ++failures_;
        ++counters_.failures;
    }
  } while (failures_ < mega::max_failures && bus_.in_time());
  return CaptureStatus::failed;
}

bool ArducamMega::mend(Remedy remedy) {
  if (is_off_) return give_power();
  switch (remedy) {
    case Remedy::none:
    case Remedy::again:
      return ready_ || reset();
    case Remedy::reset:
      return reset();
    case Remedy::power_cycle:
      break;
  }
  ++counters_.power_cycles;
  cut_power();
  bus_.pause(power_off_ms);
  return give_power();
}

bool ArducamMega::reset() {
  ++counters_.resets;
  ready_ = false;
  std::uint8_t id = 0;
  if (!bus_.write(mega::sensor_reset, mega::reset_all) || !bus_.wait_idle(reset_limit_ms) ||
      !bus_.read(mega::sensor_id, id)) {
    return false;
  }
  const mega::Sensor* found = mega::find_sensor(id);
  if (found == nullptr) {
    Problem problem(std::string_view("the camera has a sensor of no known kind: "));
    problem.append_number(id);
    return bus_.fail(problem);
  }
  sensor_ = found;
  if (!write_idle(mega::inner_device, mega::usual_inner_device)) return false;
  written_ = form_after_reset();
  resting_ = true;  // perhaps: who started this board before may have left it so
  ready_ = true;
  return true;
}

bool ArducamMega::write_idle(std::uint8_t address, std::uint8_t value) {
  return bus_.write(address, value) && bus_.wait_idle(write_limit_ms);
}

bool ArducamMega::wake() {
  if (!resting_) return true;
  if (!switch_rest(false)) return false;
  resting_ = false;
  settling_.woke(clock_.mono_ms());
  return true;
}

bool ArducamMega::switch_rest(bool resting) {
  switch (sensor_->generation) {
    case Generation::first:
      return write_idle(mega::power_control, resting ? mega::power_resting : mega::power_awake);
    case Generation::third:
      return write_idle(mega::power_mode, resting ? 1 : 0);
    case Generation::second:
      break;
  }
  // The chip takes a page, an address and a value, as Arducam's library writes them.
  const std::uint16_t words[][2] = {
      {0x0028, 0xD000}, {0x002A, 0x107E}, {0x0F12, static_cast<std::uint16_t>(resting ? 1 : 0)}};
  for (const auto& [address, value] : words) {
    if (!write_idle(mega::inner_register_high, static_cast<std::uint8_t>(address >> 8)) ||
        !write_idle(mega::inner_register_low, static_cast<std::uint8_t>(address & 0xFF)) ||
        !write_idle(mega::inner_value_high, static_cast<std::uint8_t>(value >> 8)) ||
        !write_idle(mega::inner_value_low, static_cast<std::uint8_t>(value & 0xFF))) {
      return false;
    }
  }
  return true;
}

// What is asked for now, of what this sensor can do.
Form ArducamMega::wanted_form() const {
  Form form;
  if (!form_of(settings_, *sensor_, form).empty()) form_of({}, *sensor_, form);
  return smaller(wished(form, wish_, *sensor_), smaller_, *sensor_);
}

bool ArducamMega::set_form(const Form& form) {
  for (std::size_t place = 0; place < mega::control_count; ++place) {
    const auto control = static_cast<Control>(place);
    if (form[control] == written_[control]) continue;
    written_[control] = unknown;  // until all of it is written
    settling_.changed();
    const mega::RegisterWrites writes = writes_of(control, form[control], *sensor_);
    for (std::size_t i = 0; i < writes.count; ++i) {
      if (!write_idle(writes.list[i].address, writes.list[i].value)) return false;
    }
    if (writes.tells_busy &&
        !bus_.wait_for_state(mega::automatics_busy, 0, write_limit_ms, "take a setting")) {
      return false;
    }
    written_[control] = form[control];
  }
  return true;
}

bool ArducamMega::expose() {
  return bus_.write(mega::fifo_control, mega::fifo_clear) &&
         bus_.write(mega::fifo_control, mega::fifo_start) &&
         bus_.wait_for_state(mega::capture_done, mega::capture_done, picture_limit_ms, "finish a picture");
}

bool ArducamMega::read_size(const mega::Resolution& resolution, std::size_t& size) {
  std::uint8_t low = 0;
  std::uint8_t middle = 0;
  std::uint8_t high = 0;
  if (!bus_.read(mega::fifo_size_low, low) || !bus_.read(mega::fifo_size_middle, middle) ||
      !bus_.read(mega::fifo_size_high, high)) {
    return false;
  }
  const std::int64_t told = low | middle << 8 | high << 16;
  const std::int64_t pixels = static_cast<std::int64_t>(resolution.width) * resolution.height;
  if (told > 0 && told <= pixels + max_overhead) {
    size = static_cast<std::size_t>(told);
    return true;
  }
  Problem problem(std::string_view("the camera told of a picture of "));
  problem.append_number(told).append(" bytes");
  return bus_.fail(problem);
}

ArducamMega::Taken ArducamMega::take(std::uint8_t* out, std::size_t capacity, std::size_t& size) {
  if (!wake()) return Taken::failed;
  const Form form = wanted_form();
  if (!set_form(form) || !expose()) return Taken::failed;
  while (!settling_.keeps(clock_.mono_ms())) {
    ++counters_.discarded;
    if (!expose()) return Taken::failed;
  }
  std::size_t told = 0;
  if (!read_size(sensor_->resolutions[form[Control::resolution]], told)) return Taken::failed;
  if (told > capacity) {
    Problem problem(std::string_view("there is no room for a picture of "));
    problem.append_number(told).append(" bytes");
    bus_.fail(problem);
    return Taken::too_large;
  }
  if (!bus_.read_fifo(out, told)) return Taken::failed;
  const JpegCheck check = check_jpeg(out, told);
  if (check.size == 0) {
    bus_.fail(Problem(check.problem));
    return Taken::failed;
  }
  size = check.size;
  // A step makes a picture three times as large at most.
  if (smaller_ > 0 && size < capacity / 4) --smaller_;
  return Taken::ok;
}

}  // namespace heliograph::firmware
