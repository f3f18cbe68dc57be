// Whatever is asked for as a file, or is called so in the data directory: it is no name of ours, or exactly
// the one that we would give; and no camera's name makes a folder that leads elsewhere.
#include "server/store/names.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::store;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto name = parse_image_filename(text)) require(image_filename(*name) == text);
  if (const auto name = parse_quarantine_filename(text)) require(quarantine_filename(*name) == text);
  const std::string folder = folder_from_name(text);
  require(!folder.empty() && folder.size() <= max_folder_length);
  require(folder.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos);
  require(folder.front() != '-' && folder.back() != '-');
  return 0;
}
