#include "firmware/esp32/port/retained_memory.hpp"

#include <cstring>
#include <esp_attr.h>

namespace heliograph::firmware {

namespace {

// Bytes and no object, whose constructor would run at every start.
RTC_NOINIT_ATTR alignas(Retained) unsigned char memory[sizeof(Retained)];

}  // namespace

Retained load_retained() {
  Retained found;
  std::memcpy(&found, memory, sizeof found);
  return recall(found);
}

void save_retained(const Retained& retained) {
  Retained kept;
  retain(kept, retained);
  std::memcpy(memory, &kept, sizeof kept);
}

}  // namespace heliograph::firmware
