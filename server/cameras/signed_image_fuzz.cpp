// Whatever is brought is taken whole or refused, in pieces of any size alike.
#include "server/cameras/signed_image.hpp"

#include <algorithm>
#include <cstdlib>

namespace {

bool taken(std::span<const std::uint8_t> bytes, std::size_t piece) {
  heliograph::cameras::SignedImage image;
  while (!bytes.empty()) {
    if (!image.feed(bytes.first(std::min(piece, bytes.size())))) return false;
    bytes = bytes.subspan(std::min(piece, bytes.size()));
  }
  const auto release = image.finish();
  if (release && (release->size_bytes <= 0 || release->model.empty())) std::abort();
  return static_cast<bool>(release);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::span bytes(data, size);
  if (taken(bytes, size) != taken(bytes, 1 + data[0] % 64)) std::abort();
  return 0;
}
