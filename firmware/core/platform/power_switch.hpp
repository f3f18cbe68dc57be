// What a port owes the core about a device whose supply it can cut.
#pragma once

namespace heliograph::firmware {

class PowerSwitch {
 public:
  // Returns at once; whoever switches knows how long his device takes. While it is off, no line of the device
  // is driven high, or it lives on through those.
  virtual void set(bool on) = 0;

 protected:
  ~PowerSwitch() = default;
};

}  // namespace heliograph::firmware
