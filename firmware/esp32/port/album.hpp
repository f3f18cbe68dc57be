// The pictures of a board that stands alone: DIR/NNNNNNNN.JPG on its card, to be looked at, fetched and
// removed by a browser.
#pragma once

#include "firmware/core/platform/storage.hpp"
#include "firmware/core/text.hpp"

#include <cstdint>
#include <optional>

namespace heliograph::firmware {

using PictureFile = Text<13>;  // "00000042.JPG" and its ending zero

// Pictures that a page lists; the newest.
inline constexpr std::size_t max_listed_pictures = 200;

// One task at a time.
class Album {
 public:
  // `base`: where the card is mounted. Outlives this.
  explicit Album(const char* base) : base_(base) {}

  // Makes its directory, and finds the number of the next picture. False: there is no card.
  bool open();
  // Its name; none: it could not be kept.
  std::optional<PictureFile> add(Bytes picture);
  bool remove(std::string_view name);
  // The newest first, by their numbers, as many as there are in `numbers`. Returns how many that were.
  std::size_t newest(std::uint32_t* numbers, std::size_t capacity) const;
  static PictureFile name_of(std::uint32_t number);

  // The path of one of them, with its ending zero; empty: that is the name of none.
  Text<96> path_of(std::string_view name) const;

 private:
  Text<96> directory() const;

  const char* const base_;
  std::uint32_t next_ = 1;
};

// The number of "00000042.JPG"; none: it is no such name. Pure.
std::optional<std::uint32_t> picture_number(std::string_view name);

}  // namespace heliograph::firmware
