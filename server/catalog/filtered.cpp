#include "server/catalog/filtered.hpp"

#include "server/catalog/image_sql.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string_view>

namespace heliograph::catalog {

const PageKey end_of_time{Timestamp::max(), ImageId{std::numeric_limits<std::int64_t>::max()}};

namespace {

// Keys that are read at once: a few milliseconds, and 50 KB.
constexpr int key_chunk = 1000;

// LIKE's own signs are letters of a text like others.
std::string pattern_of(std::string_view text) {
  std::string pattern = "%";
  for (const char letter : text) {
    if (letter == '%' || letter == '_' || letter == '\\') pattern += '\\';
    pattern += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return text.empty() ? std::string() : pattern + '%';
}

bool is_among(const std::optional<std::vector<CameraId>>& among, CameraId camera) {
  return !among || std::ranges::find(*among, camera) != among->end();
}

// Calls `take` with each key that fits, newest first, until it has enough and says false. `camera`: only of
// this one, by its index.
Result<void> read_keys(Db& db, const ImageFilter& filter, std::optional<CameraId> camera, PageKey end,
                       Timestamp from, const std::function<bool(const ImageKey&)>& take) {
  const std::string sql = filtered_keys_sql(filter, camera.has_value());
  const std::string pattern = pattern_of(filter.text);
  for (;;) {
    const auto keys =
        all(db, sql,
            {end.captured_at, end.id, from, key_chunk, filter.tag, pattern, camera.value_or(CameraId{0}),
             filter.label},
            [](const Row& row) {
              return ImageKey{{row.time(0), row.id<ImageId>(1)}, row.id<CameraId>(2), row.integer(3)};
            });
    if (!keys) return keys.error();
    for (const ImageKey& key : *keys) {
      if (filter.hours && !filter.hours->cover(key.key.captured_at)) continue;
      if (!take(key)) return {};
    }
    if (keys->size() < static_cast<std::size_t>(key_chunk)) return {};
    end = keys->back().key;
  }
}

// Where to read: images that people marked are few, so they are read once for all cameras; of the others,
// each camera has an index range.
std::vector<std::optional<CameraId>> sources(const ImageFilter& filter,
                                             const std::optional<std::vector<CameraId>>& among) {
  if (!among || filter.by_marks()) return {std::nullopt};
  return {among->begin(), among->end()};
}

}  // namespace

std::string filtered_keys_sql(const ImageFilter& filter, bool of_camera) {
  const bool tagged = !filter.tag.empty();
  // Read by its label, unless people marked it: those are fewer, and are asked for the label one by one.
  const bool labelled = !filter.label.empty();
  const bool by_label = labelled && !filter.by_marks();
  const std::string by = tagged ? "image_tag" : by_label ? "image_label" : "image";
  const std::string time = by + ".captured_at";
  const std::string id = by + (by == "image" ? ".id" : ".image_id");
  std::string sql = "SELECT " + time + ", " + id + ", image.camera_id, image.size_bytes FROM " + by;
  if (by != "image") sql += " JOIN image ON image.id = " + id;
  sql += " WHERE (" + time + ", " + id + ") < ($1, $2) AND " + time + " >= $3";
  // Kept from the choice of an index where a smaller one is there: that of the gallery would do, and is long.
  const bool has_index = filter.by_marks() || filter.by_findings();
  sql += has_index ? " AND +image.trashed_at IS NULL" : " AND image.trashed_at IS NULL";
  sql += tagged ? " AND image_tag.tag = $5" : " AND $5 = ''";
  sql += filter.text.empty() ? " AND $6 = ''" : " AND lower(image.note) LIKE $6 ESCAPE '\\'";
  sql += of_camera ? " AND " + std::string(by_label ? by : "image") + ".camera_id = $7" : " AND $7 = 0";
  if (!labelled) {
    sql += " AND $8 = ''";
  } else if (by_label) {
    sql += " AND image_label.label = $8";
  } else {
    sql += " AND EXISTS (SELECT 1 FROM image_label WHERE image_label.image_id = image.id AND label = $8)";
  }
  if (filter.starred) sql += " AND image.starred = 1";
  if (filter.noted || !filter.text.empty()) sql += " AND image.note IS NOT NULL";
  if (filter.moved) sql += " AND image.motion_ppm >= " + std::to_string(moved_ppm);
  return sql + " ORDER BY " + time + " DESC, " + id + " DESC LIMIT $4";
}

Result<std::vector<FiledImage>> filtered_images(Db& db, const ImageQuery& query, PageKey end) {
  const auto limit = static_cast<std::size_t>(query.limit);
  std::vector<PageKey> keys;
  for (const auto& source : sources(query.filter, query.among)) {
    std::size_t taken = 0;
    auto read = read_keys(db, query.filter, source, end, query.from.value_or(Timestamp::min()),
                          [&](const ImageKey& key) {
                            if (!is_among(query.among, key.camera)) return true;
                            keys.push_back(key.key);
                            return ++taken < limit;
                          });
    if (!read) return read.error();
  }
  std::ranges::sort(keys, std::greater(),
                    [](const PageKey& key) { return std::pair(key.captured_at, key.id); });
  keys.resize(std::min(keys.size(), limit));
  std::vector<FiledImage> images;
  for (const PageKey& key : keys) {
    auto image = first(db, sql::image_by_id, {key.id}, read_filed_image);
    if (!image) return image.error();
    if (*image) images.push_back(std::move(**image));
  }
  return images;
}

Result<std::vector<HourCount>> filtered_hours(Db& db, const ImageFilter& filter,
                                              const std::optional<std::vector<CameraId>>& among) {
  std::map<Timestamp, HourCount> hours;
  for (const auto& source : sources(filter, among)) {
    auto read = read_keys(db, filter, source, end_of_time, Timestamp::min(), [&](const ImageKey& key) {
      if (!is_among(among, key.camera)) return true;
      const auto hour = std::chrono::floor<std::chrono::hours>(key.key.captured_at);
      HourCount& count = hours.try_emplace(hour, HourCount{hour, 0, 0}).first->second;
      ++count.images;
      count.bytes += key.size_bytes;
      return true;
    });
    if (!read) return read.error();
  }
  std::vector<HourCount> counts;
  counts.reserve(hours.size());
  for (const auto& [hour, count] : hours) counts.push_back(count);
  return counts;
}

}  // namespace heliograph::catalog
