#include "server/catalog/marks.hpp"

#include "server/catalog/db.hpp"
#include "server/catalog/normal.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace heliograph::catalog {
namespace {

Error bad(std::string sentence) {
  return {ErrorKind::bad_request, std::move(sentence)};
}

}  // namespace

Result<std::string> normal_tag(std::string_view text) {
  return normal_word({"a tag", max_tag_length}, text);
}

Result<std::string> normal_note(std::string_view text) {
  if (text.size() > max_note_length)
    return bad("a note must have at most " + std::to_string(max_note_length) + " bytes");
  const std::string_view note = without_space_around(text);
  if (!is_utf8(note)) return bad("a note must be UTF-8");
  if (std::ranges::any_of(note, [](char letter) { return is_control(letter) && !is_space(letter); }))
    return bad("a note has no control characters");
  return std::string(note);
}

Result<std::vector<ImageId>> Marks::star(std::span<const ImageId> images, bool starred) {
  return in_transaction(db_, [&]() -> Result<std::vector<ImageId>> {
    std::vector<ImageId> marked;
    for (const ImageId id : images) {
      const auto changed = db_.execute("UPDATE image SET starred = $2 WHERE id = $1 AND trashed_at IS NULL",
                                       {id, starred ? 1 : 0});
      if (!changed) return changed.error();
      if (*changed > 0) marked.push_back(id);
    }
    return marked;
  });
}

Result<std::vector<ImageId>> Marks::tag(std::span<const ImageId> images, const TagChange& change) {
  return in_transaction(db_, [&]() -> Result<std::vector<ImageId>> {
    std::vector<ImageId> tagged;
    for (const ImageId id : images) {
      const auto done = tag_one(id, change);
      if (!done) return done.error();
      if (*done) tagged.push_back(id);
    }
    return tagged;
  });
}

// Looks first, so that an image either takes all of the change or nothing.
Result<bool> Marks::tag_one(ImageId image, const TagChange& change) {
  const auto captured_at = first(db_, "SELECT captured_at FROM image WHERE id = $1 AND trashed_at IS NULL",
                                 {image}, [](const Row& row) { return row.time(0); });
  if (!captured_at) return captured_at.error();
  if (!*captured_at) return false;
  auto has = tags(image);
  if (!has) return has.error();
  std::erase_if(*has, [&](const std::string& tag) {
    return std::ranges::find(change.remove, tag) != change.remove.end();
  });
  for (const std::string& tag : change.add) {
    if (std::ranges::find(*has, tag) == has->end()) has->push_back(tag);
  }
  if (has->size() > static_cast<std::size_t>(max_tags)) return false;
  for (const std::string& tag : change.remove) {
    const auto gone = db_.execute("DELETE FROM image_tag WHERE image_id = $1 AND tag = $2", {image, tag});
    if (!gone) return gone.error();
  }
  for (const std::string& tag : change.add) {
    const auto added = db_.execute(
        "INSERT INTO image_tag (image_id, tag, captured_at) VALUES ($1, $2, $3) "
        "ON CONFLICT (image_id, tag) DO NOTHING",
        {image, tag, **captured_at});
    if (!added) return added.error();
  }
  return true;
}

Result<void> Marks::set_note(ImageId image, std::string_view note) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto set =
        db_.execute("UPDATE image SET note = $2 WHERE id = $1 AND trashed_at IS NULL",
                    {image, note.empty() ? std::optional<std::string_view>() : std::optional(note)});
    if (!set) return set.error();
    if (*set == 0) return Error{ErrorKind::not_found, "there is no image " + to_string(image)};
    return {};
  });
}

Result<std::vector<std::string>> Marks::tags(ImageId image) {
  return all(db_, "SELECT tag FROM image_tag WHERE image_id = $1 ORDER BY tag", {image},
             [](const Row& row) { return std::string(row.text(0)); });
}

Result<std::string> Marks::note(ImageId image) {
  auto note = first(db_, "SELECT note FROM image WHERE id = $1 AND note IS NOT NULL", {image},
                    [](const Row& row) { return std::string(row.text(0)); });
  if (!note) return note.error();
  return note->value_or("");
}

Result<std::vector<TagCount>> Marks::all_tags(const std::optional<std::vector<CameraId>>& among) {
  std::map<std::string, std::int64_t> counts;
  auto read = db_.query(
      "SELECT image_tag.tag, image.camera_id, count(*) FROM image_tag JOIN image ON image.id = image_id "
      "WHERE image.trashed_at IS NULL GROUP BY image_tag.tag, image.camera_id",
      {}, [&](const Row& row) {
        const bool seen = !among || std::ranges::find(*among, row.id<CameraId>(1)) != among->end();
        if (seen) counts[std::string(row.text(0))] += row.integer(2);
      });
  if (!read) return read.error();
  std::vector<TagCount> tags;
  for (const auto& [tag, images] : counts) tags.push_back({tag, images});
  std::ranges::sort(tags, {}, [](const TagCount& count) { return std::tuple(-count.images, count.tag); });
  tags.resize(std::min(tags.size(), static_cast<std::size_t>(max_told_tags)));
  return tags;
}

}  // namespace heliograph::catalog
