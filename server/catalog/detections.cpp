#include "server/catalog/detections.hpp"

#include "server/catalog/db.hpp"
#include "server/catalog/normal.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace heliograph::catalog {
namespace {

Detection read_detection(const Row& row, int first_column) {
  const int c = first_column;
  Detection detection{std::string(row.text(c)), row.integer(c + 1), {}};
  if (!row.is_null(c + 2)) {
    detection.box = Box{row.integer(c + 2), row.integer(c + 3), row.integer(c + 4), row.integer(c + 5)};
  }
  return detection;
}

Result<void> add(Db& db, ImageId image, const Findings& findings) {
  std::int64_t number = 0;
  for (const Detection& detection : findings.detections) {
    const auto side = [&box = detection.box](std::int64_t Box::* member) {
      return box ? std::optional(*box.*member) : std::nullopt;
    };
    const auto added = db.execute(
        "INSERT INTO detection (image_id, source, number, label, score_ppm, x_ppm, y_ppm, width_ppm, "
        "height_ppm) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        {image, findings.source, number++, detection.label, detection.score_ppm, side(&Box::x_ppm),
         side(&Box::y_ppm), side(&Box::width_ppm), side(&Box::height_ppm)});
    if (!added) return added.error();
  }
  return {};
}

// The labels that an image has, of what was found in it.
Result<void> gather_labels(Db& db, ImageId image) {
  const auto gone = db.execute(
      "DELETE FROM image_label WHERE image_id = $1 "
      "AND label NOT IN (SELECT detection.label FROM detection WHERE detection.image_id = $1)",
      {image});
  if (!gone) return gone.error();
  const auto come = db.execute(
      "INSERT INTO image_label (image_id, label, camera_id, captured_at) "
      "SELECT DISTINCT image.id, detection.label, image.camera_id, image.captured_at "
      "FROM detection JOIN image ON image.id = detection.image_id WHERE detection.image_id = $1 "
      "ON CONFLICT (image_id, label) DO NOTHING",
      {image});
  if (!come) return come.error();
  return {};
}

}  // namespace

Result<std::string> normal_label(std::string_view text) {
  return normal_word({"a label", max_label_length}, text);
}

Result<std::string> normal_source(std::string_view text) {
  return normal_word({"a source", max_source_length}, text);
}

Result<void> Detections::replace(ImageId image, const Findings& findings) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto there = first(db_, "SELECT id FROM image WHERE id = $1 AND trashed_at IS NULL", {image},
                             [](const Row& row) { return row.integer(0); });
    if (!there) return there.error();
    if (!*there) return Error{ErrorKind::not_found, "there is no image " + to_string(image)};
    const auto gone =
        db_.execute("DELETE FROM detection WHERE image_id = $1 AND source = $2", {image, findings.source});
    if (!gone) return gone.error();
    const auto others = first(db_, "SELECT count(DISTINCT source) FROM detection WHERE image_id = $1",
                              {image}, [](const Row& row) { return row.integer(0); });
    if (!others) return others.error();
    if (!findings.detections.empty() && others->value_or(0) >= max_sources) {
      return Error{ErrorKind::unprocessable,
                   "the image has detections of " + std::to_string(max_sources) + " sources already"};
    }
    if (auto added = add(db_, image, findings); !added) return added;
    return gather_labels(db_, image);
  });
}

Result<std::vector<Findings>> Detections::of(ImageId image) {
  std::vector<Findings> found;
  auto read = db_.query(
      "SELECT source, label, score_ppm, x_ppm, y_ppm, width_ppm, height_ppm FROM detection "
      "WHERE image_id = $1 ORDER BY source, number",
      {image}, [&found](const Row& row) {
        if (found.empty() || found.back().source != row.text(0))
          found.push_back({std::string(row.text(0)), {}});
        found.back().detections.push_back(read_detection(row, 1));
      });
  if (!read) return read.error();
  return found;
}

// Counted from an index that knows nothing of the trash, less what is in the trash: a look at each image
// would take seconds where a million have labels.
Result<std::vector<LabelCount>> Detections::all_labels(const std::optional<std::vector<CameraId>>& among) {
  std::map<std::string, std::int64_t> counts;
  const auto count = [&](std::string_view sql, std::int64_t sign) {
    return db_.query(sql, {}, [&](const Row& row) {
      const bool seen = !among || std::ranges::find(*among, row.id<CameraId>(1)) != among->end();
      if (seen) counts[std::string(row.text(0))] += sign * row.integer(2);
    });
  };
  auto all = count("SELECT label, camera_id, count(*) FROM image_label GROUP BY label, camera_id", 1);
  if (!all) return all.error();
  // CROSS, which lets SQLite begin with the trash, the smaller of the two.
  auto trashed = count(
      "SELECT image_label.label, image_label.camera_id, count(*) FROM image CROSS JOIN image_label "
      "WHERE image_label.image_id = image.id AND image.trashed_at IS NOT NULL "
      "GROUP BY image_label.label, image_label.camera_id",
      -1);
  if (!trashed) return trashed.error();
  std::vector<LabelCount> labels;
  for (const auto& [label, images] : counts) {
    if (images > 0) labels.push_back({label, images});
  }
  std::ranges::sort(labels, {}, [](const LabelCount& one) { return std::tuple(-one.images, one.label); });
  labels.resize(std::min(labels.size(), max_told_labels));
  return labels;
}

}  // namespace heliograph::catalog
