// The settings of a sensor that several tasks share: not while one of them takes a picture.
#pragma once

#include "firmware/core/platform/lock.hpp"
#include "firmware/esp32/port/device_board.hpp"

namespace heliograph::firmware {

class LockedControl final : public SensorControl {
 public:
  // Both outlive this.
  LockedControl(SensorControl& control, Lock& lock) : control_(control), lock_(lock) {}

  Complaint apply(const ImageSettings& settings) override {
    const Guard guard(lock_);
    return control_.apply(settings);
  }
  std::string_view name() const override {
    const Guard guard(lock_);
    return control_.name();
  }
  std::string_view capabilities() const override {
    const Guard guard(lock_);
    return control_.capabilities();
  }
  bool is_missing() const override {
    const Guard guard(lock_);
    return control_.is_missing();
  }

 private:
  SensorControl& control_;
  Lock& lock_;
};

}  // namespace heliograph::firmware
