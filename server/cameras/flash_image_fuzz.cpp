// Whatever is brought as a flash is for a chip or refused, in pieces of any size alike; and it is taken when
// its program is the release's.
#include "server/cameras/flash_image.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace {

using namespace heliograph;
using Bytes = std::vector<std::uint8_t>;

// Bytes at the end that are the program.
constexpr std::size_t program_bytes = 16;

catalog::Release release_of(std::span<const std::uint8_t> program) {
  catalog::Release release;
  release.size_bytes = static_cast<std::int64_t>(program.size());
  release.sha256 = sha256(program);
  return release;
}

bool taken(std::span<const std::uint8_t> flash, std::span<const std::uint8_t> program, std::size_t piece) {
  cameras::FlashImage image(release_of(program));
  for (; !flash.empty(); flash = flash.subspan(std::min(piece, flash.size())))
    image.feed(flash.first(std::min(piece, flash.size())));
  return static_cast<bool>(image.finish());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size <= program_bytes || size - program_bytes > cameras::program_offset) return 0;
  const std::span<const std::uint8_t> head(data, size - program_bytes);
  const auto program = std::span<const std::uint8_t>(data, size).last(program_bytes);
  Bytes flash(head.begin(), head.end());
  flash.resize(cameras::program_offset, 0xff);
  flash.insert(flash.end(), program.begin(), program.end());

  const bool whole = taken(flash, program, flash.size());
  if (whole != taken(flash, program, 1 + data[0] * std::size_t{17})) std::abort();
  if (whole != cameras::chip_of(std::span(flash).first(cameras::flash_image_head)).has_value()) std::abort();
  Bytes other = flash;
  other.back() ^= 1;
  if (taken(other, program, other.size())) std::abort();
  other = flash;
  other.pop_back();
  if (taken(other, program, other.size())) std::abort();
  return 0;
}
