// What people say about images: stars, tags and notes.
#pragma once

#include "server/catalog/catalog.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::catalog {

// Bytes of a tag: a word or two.
inline constexpr std::size_t max_tag_length = 40;
// Tags of one image: more than fit on its caption are nobody's help.
inline constexpr int max_tags = 20;
// Bytes of a note: a page.
inline constexpr std::size_t max_note_length = 2000;
// Tags that are told for choosing from, the most used first.
inline constexpr int max_told_tags = 500;

// As it is kept. bad_request: it is none (normal.hpp).
Result<std::string> normal_tag(std::string_view text);
// Without spaces and ends of line around it; empty: there is none. bad_request: it is too long, no UTF-8, or
// has a control character but the end of a line.
Result<std::string> normal_note(std::string_view text);

struct TagChange {
  std::vector<std::string> add;  // normalised, both
  std::vector<std::string> remove;
};

struct TagCount {
  std::string tag;
  std::int64_t images = 0;

  friend bool operator==(const TagCount&, const TagCount&) = default;
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there.
class Marks {
 public:
  explicit Marks(Catalog& catalog) : db_(*catalog.db_) {}

  // Each in one transaction. Returns the images for which it is true now, in order; left out is what is in
  // the trash or gone, and, of tags, an image that would have more than max_tags: it keeps those it had.
  Result<std::vector<ImageId>> star(std::span<const ImageId> images, bool starred);
  Result<std::vector<ImageId>> tag(std::span<const ImageId> images, const TagChange& change);
  // Replaces it; empty: takes it away. not_found, also when the image is in the trash.
  Result<void> set_note(ImageId image, std::string_view note);

  Result<std::vector<std::string>> tags(ImageId image);  // in order of the alphabet
  Result<std::string> note(ImageId image);               // empty: there is none
  // The most used first, max_told_tags at most. Reads every tag of every image; of these cameras, if they are
  // given.
  Result<std::vector<TagCount>> all_tags(const std::optional<std::vector<CameraId>>& among);

 private:
  Result<bool> tag_one(ImageId image, const TagChange& change);

  Db& db_;
};

}  // namespace heliograph::catalog
