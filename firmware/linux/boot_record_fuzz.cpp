// What is taken for a boot record is one: there is no other way to write it, and it starts something.
#include "firmware/linux/boot_record.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::firmware;
  const auto record = read_boot_record({reinterpret_cast<const char*>(data), size});
  if (!record) return 0;
  if (read_boot_record(write_boot_record(*record)) != *record) std::abort();
  const Start start = choose_start(*record);
  if (start.on_trial && start.slot == start.record.active) std::abort();
  const Sequel sequel = after(start, start.record, {Ending::Kind::killed, 9, false});
  if (sequel.record.trial && sequel.again && start.on_trial) std::abort();
  return 0;
}
