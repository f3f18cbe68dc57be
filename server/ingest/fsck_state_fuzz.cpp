// Whatever stands in the file, reading it ends; and what is read is written and read again as it was.
#include "server/ingest/fsck_state.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::ingest;
  const auto state = parse_fsck_state({reinterpret_cast<const char*>(data), size});
  if (state && parse_fsck_state(to_text(*state)) != state) std::abort();
  return 0;
}
