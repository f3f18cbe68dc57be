// A film means the same in whatever pieces it comes, and no picture is larger than it may be.
#include "server/http/mixed_replace.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace {

using heliograph::http::MixedReplaceReader;

constexpr std::size_t max_bytes = 4096;
constexpr std::size_t room = 3;

struct Reading {
  std::vector<std::string> pictures;
  bool refused = false;

  friend bool operator==(const Reading&, const Reading&) = default;
};

Reading read(std::span<const std::uint8_t> film, std::size_t piece_bytes) {
  MixedReplaceReader reader(max_bytes, room);
  Reading reading;
  while (!film.empty()) {
    std::span<const std::uint8_t> piece = film.first(std::min(piece_bytes, film.size()));
    film = film.subspan(piece.size());
    for (;;) {
      const auto picture = reader.next(piece);
      if (!picture) {
        reading.refused = true;
        return reading;
      }
      if (!*picture) break;
      if ((*picture)->size() <= room || (*picture)->size() > room + max_bytes) std::abort();
      reading.pictures.push_back(**picture);
    }
    if (!piece.empty()) std::abort();
  }
  return reading;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::span<const std::uint8_t> film(data + 1, size - 1);
  const Reading whole = read(film, std::max<std::size_t>(film.size(), 1));
  if (read(film, 1U + data[0] % 16U) != whole) std::abort();
  if (read(film, 1) != whole) std::abort();
  return 0;
}
