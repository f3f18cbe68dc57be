#include "server/catalog/catalog.hpp"
#include "server/catalog/counts.hpp"
#include "server/catalog/db.hpp"
#include "server/catalog/filtered.hpp"
#include "server/catalog/image_sql.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <tuple>

namespace heliograph::catalog {
namespace {

// The key that all images of a query come before: the end of its span or of the page before, whatever is
// earlier.
PageKey page_end(const ImageQuery& query) {
  PageKey end = end_of_time;
  if (query.to) end = {*query.to, ImageId{0}};  // ids begin at 1
  if (query.after &&
      std::tie(query.after->captured_at, query.after->id) < std::tie(end.captured_at, end.id)) {
    end = *query.after;
  }
  return end;
}

// The cameras to ask one by one; none: all at once.
std::optional<std::vector<CameraId>> sources(std::optional<CameraId> camera,
                                             const std::optional<std::vector<CameraId>>& among) {
  if (!camera) return among;
  if (!among || std::ranges::find(*among, *camera) != among->end()) return std::vector{*camera};
  return std::vector<CameraId>{};
}

std::optional<FiledImage> nearer_to(Timestamp moment, std::vector<FiledImage> images) {
  const auto nearest = std::ranges::min_element(images, {}, [moment](const FiledImage& filed) {
    return std::chrono::abs(filed.image.captured_at - moment);
  });
  if (nearest == images.end()) return std::nullopt;
  return std::move(*nearest);
}

// As they were counted when images came and went.
Result<std::vector<HourCount>> counted_hours(Db& db, const std::optional<std::vector<CameraId>>& cameras) {
  const auto hours_of = [&db](CameraId source) {
    return all(db, sql::histogram, {source},
               [](const Row& row) { return HourCount{row.time(0), row.integer(1), row.integer(2)}; });
  };
  if (!cameras) return hours_of(all_cameras);
  if (cameras->size() == 1) return hours_of(cameras->front());
  std::map<Timestamp, HourCount> sums;
  for (const CameraId source : *cameras) {
    const auto hours = hours_of(source);
    if (!hours) return hours;
    for (const HourCount& hour : *hours) {
      HourCount& sum = sums.try_emplace(hour.hour, HourCount{hour.hour, 0, 0}).first->second;
      sum.images += hour.images;
      sum.bytes += hour.bytes;
    }
  }
  std::vector<HourCount> counts;
  counts.reserve(sums.size());
  for (const auto& [time, sum] : sums) counts.push_back(sum);
  return counts;
}

Error no_image(ImageId id) {
  return {ErrorKind::not_found, "there is no image " + to_string(id)};
}

}  // namespace

Image read_image(const Row& row, int first_column) {
  const int c = first_column;
  Image image{.id = row.id<ImageId>(c),
              .camera = row.id<CameraId>(c + 1),
              .captured_at = row.time(c + 2),
              .received_at = row.time(c + 3),
              .sender = {},
              .sha256 = row.digest(c + 6),
              .size_bytes = row.integer(c + 7),
              .width = static_cast<int>(row.integer(c + 8)),
              .height = static_cast<int>(row.integer(c + 9)),
              .starred = row.integer(c + 10) != 0,
              .salvaged = row.integer(c + 11) != 0,
              .trashed_at = {}};
  if (!row.is_null(c + 12)) image.trashed_at = row.time(c + 12);
  if (!row.is_null(c + 13)) {
    const auto placeholder = row.bytes(c + 13);
    image.placeholder.assign(placeholder.begin(), placeholder.end());
  }
  image.motion_ppm = row.optional_integer(c + 14);
  if (!row.is_null(c + 4)) image.sender = SenderName{std::string(row.text(c + 4)), row.integer(c + 5)};
  return image;
}

FiledImage read_filed_image(const Row& row) {
  return {read_image(row), std::string(row.text(image_column_count))};
}

Result<FiledImage> Catalog::one_image(std::string_view sql, ImageId id) {
  auto image = first(*db_, sql, {id}, read_filed_image);
  if (!image) return image.error();
  if (!*image) return no_image(id);
  return std::move(**image);
}

Result<FiledImage> Catalog::image(ImageId id) {
  return one_image(sql::image_by_id, id);
}

Result<FiledImage> Catalog::stored_image(ImageId id) {
  return one_image(sql::stored_image_by_id, id);
}

Result<std::optional<protocol::Telemetry>> Catalog::telemetry(ImageId id) {
  return first(*db_,
               "SELECT battery_mv, rssi_dbm, lat_e7, lon_e7, temperature_mc, heap_bytes, uptime_s "
               "FROM telemetry WHERE image_id = $1",
               {id}, [](const Row& row) {
                 return protocol::Telemetry{.battery_mv = row.optional_integer(0),
                                            .rssi_dbm = row.optional_integer(1),
                                            .lat_e7 = row.optional_integer(2),
                                            .lon_e7 = row.optional_integer(3),
                                            .temperature_mc = row.optional_integer(4),
                                            .heap_bytes = row.optional_integer(5),
                                            .uptime_s = row.optional_integer(6)};
               });
}

Result<std::vector<FiledImage>> Catalog::images(const ImageQuery& query) {
  const PageKey end = page_end(query);
  const Timestamp from = query.from.value_or(Timestamp::min());
  const int limit = std::clamp(query.limit, 1, max_page);
  const auto cameras = sources(query.camera, query.among);
  if (!query.filter.empty()) {
    ImageQuery filtered = query;
    filtered.among = cameras;
    filtered.limit = limit;
    return filtered_images(*db_, filtered, end);
  }
  if (!cameras) return all(*db_, sql::page_of_all, {end.captured_at, end.id, from, limit}, read_filed_image);
  std::vector<FiledImage> images;
  for (const CameraId camera : *cameras) {
    auto page =
        all(*db_, sql::page_of_camera, {end.captured_at, end.id, from, limit, camera}, read_filed_image);
    if (!page) return page;
    images.insert(images.end(), std::make_move_iterator(page->begin()), std::make_move_iterator(page->end()));
  }
  std::ranges::sort(images, std::greater(), [](const FiledImage& filed) {
    return std::tuple(filed.image.captured_at, filed.image.id);
  });
  images.resize(std::min(images.size(), static_cast<std::size_t>(limit)));
  return images;
}

Result<std::vector<std::optional<FiledImage>>> Catalog::nearest_images(CameraId camera,
                                                                       std::span<const Timestamp> moments,
                                                                       std::chrono::milliseconds within) {
  std::vector<std::optional<FiledImage>> nearest;
  for (const Timestamp moment : moments.first(std::min(moments.size(), max_moments))) {
    auto around =
        all(*db_, sql::around_a_moment, {camera, moment, moment - within, moment + within}, read_filed_image);
    if (!around) return around.error();
    nearest.push_back(nearer_to(moment, std::move(*around)));
  }
  return nearest;
}

Result<std::optional<FiledImage>> Catalog::image_before(const Image& image,
                                                        std::chrono::milliseconds within) {
  return first(*db_, sql::page_of_camera,
               {image.captured_at, image.id, image.captured_at - within, 1, image.camera}, read_filed_image);
}

Result<std::vector<FiledImage>> Catalog::images_by_id(ImageId after, int limit) {
  return all(*db_, sql::images_after_id, {after, limit}, read_filed_image);
}

Result<std::vector<FiledImage>> Catalog::unconfirmed() {
  return all(*db_, sql::last_batch, {}, read_filed_image);
}

Result<std::optional<Timestamp>> Catalog::last_received() {
  return first(*db_, sql::last_received, {}, [](const Row& row) { return row.time(0); });
}

Result<std::vector<HourCount>> Catalog::histogram(std::optional<CameraId> camera,
                                                  const std::optional<std::vector<CameraId>>& among,
                                                  const ImageFilter& filter) {
  const auto cameras = sources(camera, among);
  const bool counted =
      !filter.by_marks() && !filter.by_findings() && (!filter.hours || filter.hours->has_whole_hours());
  if (!counted) return filtered_hours(*db_, filter, cameras);
  auto hours = counted_hours(*db_, cameras);
  if (hours && filter.hours) {
    std::erase_if(*hours, [&](const HourCount& count) { return !filter.hours->cover(count.hour); });
  }
  return hours;
}

Result<void> Catalog::remove_image(ImageId id) {
  return in_transaction(*db_, [&]() -> Result<void> {
    const auto removed = first(
        *db_, "DELETE FROM image WHERE id = $1 RETURNING camera_id, captured_at, size_bytes, trashed_at",
        {id}, [](const Row& row) {
          return std::tuple(row.id<CameraId>(0), row.time(1), row.integer(2), row.is_null(3));
        });
    if (!removed) return removed.error();
    if (!*removed) return no_image(id);
    const auto [camera, captured_at, size_bytes, counted] = **removed;
    if (!counted) return {};  // the trash is in no count
    Tally removed_one;
    removed_one.add_removed(camera, captured_at, size_bytes);
    return removed_one.take_out(*db_);
  });
}

}  // namespace heliograph::catalog
