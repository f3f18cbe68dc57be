#include "firmware/core/state_file.hpp"

#include "firmware/core/crc32.hpp"
#include "firmware/core/text.hpp"

namespace heliograph::firmware {
namespace {

using Trailer = Text<state_trailer_size>;

// A line of its own: "\n8f3a0c12\n".
Trailer trailer_of(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  const std::uint32_t crc = crc32(text.data(), text.size());
  Trailer trailer(std::string_view("\n"));
  for (int shift = 28; shift >= 0; shift -= 4) trailer.append(digits[crc >> shift & 15]);
  trailer.append('\n');
  return trailer;
}

}  // namespace

bool keep_state(Storage& storage, std::string_view name, std::string_view text) {
  const Trailer trailer = trailer_of(text);
  return storage.put(Area::state, name, {text.data(), text.size()},
                     {trailer.view().data(), trailer.view().size()}) == StorageStatus::ok;
}

std::string_view kept_state(Storage& storage, std::string_view name, char* buffer, std::size_t capacity) {
  const FileRead read = storage.read(Area::state, name, buffer, capacity);
  if (read.status != StorageStatus::ok || read.file_size > capacity) return {};
  if (read.size_read < state_trailer_size) return {};
  const std::string_view text(buffer, read.size_read - state_trailer_size);
  const std::string_view trailer(buffer + text.size(), state_trailer_size);
  return trailer == trailer_of(text).view() ? text : std::string_view();
}

}  // namespace heliograph::firmware
