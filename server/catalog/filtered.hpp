// How the catalog reads images through a filter (filter.hpp): by their keys, of which it takes those that
// fit.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/catalog/db.hpp"

#include <string>
#include <vector>

namespace heliograph::catalog {

// What a filter looks at.
struct ImageKey {
  PageKey key;
  CameraId camera;
  std::int64_t size_bytes = 0;
};

// The statement that reads keys through such a filter, newest first. $1, $2: the key they lie behind; $3: the
// earliest time; $4: how many; $5: the tag; $6: the pattern of the note; $7: the camera; $8: the label. What
// it does not ask for must be '' or 0. There are few of them, so that drivers may keep them.
std::string filtered_keys_sql(const ImageFilter& filter, bool of_camera);

// The newest of a query that has a filter. `end`: the key that they lie behind.
Result<std::vector<FiledImage>> filtered_images(Db& db, const ImageQuery& query, PageKey end);

// How many of them each hour has, in order of time.
Result<std::vector<HourCount>> filtered_hours(Db& db, const ImageFilter& filter,
                                              const std::optional<std::vector<CameraId>>& among);

// Behind every image there can be.
extern const PageKey end_of_time;

}  // namespace heliograph::catalog
