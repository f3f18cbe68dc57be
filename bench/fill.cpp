// fill: makes a data directory whose catalog knows a given number of images, for benchmarks of what reads the
// catalog.
//
//   fill --data DIR --images 100000 --cameras 8 --days 365 [--thumbnail FILE…]
//
// Rows only, no picture files: through the real catalog, so that the rows, the hour counts and the indexes
// are those of a real server. The directory is left as after a clean end, so a server starts on it without
// looking for the files. With --thumbnail, each camera's images have one of these files as their thumbnail.
#include "server/catalog/catalog.hpp"
#include "server/store/store.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace heliograph::bench {
namespace {

// Images of one transaction.
constexpr std::int64_t batch_size = 5'000;
// Names of one file: ext4 allows 65,000.
constexpr std::int64_t max_links = 50'000;
// A ThumbHash, of a landscape in colour.
constexpr std::array<std::uint8_t, 21> placeholder{0x1f, 0xf8, 0x01, 0x0d, 0x82, 0x40, 0x65,
                                                   0xa7, 0x22, 0x34, 0x77, 0x22, 0x74, 0x36,
                                                   0x77, 0x78, 0xff, 0xfe, 0xfb, 0xa9, 0x05};

struct Options {
  std::filesystem::path data;
  std::int64_t images = 0;
  std::int64_t cameras = 8;
  std::int64_t days = 365;
  std::vector<std::filesystem::path> thumbnails;
};

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail);
  return std::move(*result);
}
void must(const Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().detail);
}

std::vector<catalog::Camera> add_cameras(catalog::Catalog& catalog, IdSource& ids, const Options& options) {
  std::vector<catalog::Camera> cameras;
  for (std::int64_t i = 0; i < options.cameras; ++i) {
    const std::string name = fmt::format("camera-{:02}", i);
    cameras.push_back({ids.next<CameraId>(), name, name, SystemClock().now()});
    must(catalog.add_camera(cameras.back(), sha256(name)));
  }
  return cameras;
}

// The images of a fleet that takes its pictures in turn, evenly over the days before `now`. Ids come in the
// order of arrival, which is that of capture, as in a fleet whose network works.
class Fleet {
 public:
  Fleet(const Options& options, const std::vector<catalog::Camera>& cameras, Timestamp now)
      : options_(options), cameras_(cameras), start_(now - std::chrono::days(options.days)) {}

  catalog::NewImage image(std::int64_t number) const {
    const std::chrono::milliseconds span = std::chrono::days(options_.days);
    const Timestamp captured = start_ + span * number / options_.images;
    catalog::NewImage added;
    catalog::Image& image = added.image;
    // As IdSource makes them, had it been there: the time above 20 bits that differ.
    image.id = ImageId{(to_ms(captured) << 20) + number % (1 << 20)};
    image.camera = cameras_[static_cast<std::size_t>(number) % cameras_.size()].id;
    image.captured_at = captured;
    image.received_at = captured + std::chrono::seconds(2);
    image.sender = catalog::SenderName{"fill", number};
    image.sha256 = sha256(fmt::format("{}", number));
    image.size_bytes = 100'000 + number % 50'000;
    image.width = 1600;
    image.height = 1200;
    added.telemetry = protocol::Telemetry{};
    added.telemetry->battery_mv = 3'300 + number % 900;
    added.telemetry->rssi_dbm = -60 - number % 40;
    return added;
  }

 private:
  const Options& options_;
  const std::vector<catalog::Camera>& cameras_;
  Timestamp start_;
};

// Thumbnails of images: names of a few files, for a million of files would take hours and tell nothing more.
class Thumbnails {
 public:
  explicit Thumbnails(const Options& options) : options_(options) {}

  void add(const catalog::Image& image, std::size_t camera, const std::string& folder) {
    if (options_.thumbnails.empty()) return;
    const auto key = store::thumbnail_key(folder, {image.captured_at, image.id});
    const auto file = options_.data / key;
    std::filesystem::create_directories(file.parent_path());
    Copy& copy = copies_[camera];
    if (copy.links++ % max_links == 0) {
      std::filesystem::copy_file(options_.thumbnails[camera % options_.thumbnails.size()], file);
      copy.file = file;
    } else {
      std::filesystem::create_hard_link(copy.file, file);
    }
  }

 private:
  struct Copy {
    std::filesystem::path file;
    std::int64_t links = 0;
  };

  const Options& options_;
  std::map<std::size_t, Copy> copies_;  // by the camera's number
};

// There are no pictures to make thumbnails of; left undone, the jobs would keep the server busy during the
// measurement. Done they leave a placeholder.
void finish_all_jobs(catalog::Catalog& catalog) {
  const Timestamp now = SystemClock().now();
  while (true) {
    const auto jobs =
        must(catalog.claim_jobs(now, now + std::chrono::hours(1), static_cast<int>(batch_size)));
    if (jobs.empty()) return;
    std::vector<JobId> done;
    std::vector<catalog::Look> looks;
    for (const catalog::Job& job : jobs) {
      done.push_back(job.id);
      looks.push_back({.image = job.image,
                       .camera = {},
                       .captured_at = {},
                       .received_at = {},
                       .placeholder = {placeholder.begin(), placeholder.end()}});
    }
    must(catalog.finish_jobs(done, looks));
  }
}

void fill(const Options& options) {
  const auto store = must(store::ImageStore::open(options.data));
  must(store->take_clean_mark());
  {
    auto catalog = must(catalog::Catalog::open(
        {(options.data / "heliograph.sqlite").string(), catalog::Durability::at_sync, true}));
    const SystemClock clock;
    IdSource ids(clock);
    const auto cameras = add_cameras(catalog, ids, options);
    const Fleet fleet(options, cameras, clock.now());
    Thumbnails thumbnails(options);
    std::vector<catalog::NewImage> batch;
    for (std::int64_t number = 0; number < options.images;) {
      batch.clear();
      const std::int64_t end = std::min(options.images, number + batch_size);
      while (number < end) batch.push_back(fleet.image(number++));
      must(catalog.add_images(batch));
      for (const catalog::NewImage& added : batch) {
        const auto camera = static_cast<std::size_t>(added.image.sender->sequence) % cameras.size();
        thumbnails.add(added.image, camera, cameras[camera].folder);
      }
      finish_all_jobs(catalog);
    }
  }
  must(store->sync());
  must(store->leave_clean_mark());
}

}  // namespace
}  // namespace heliograph::bench

int main(int argc, char** argv) {
  heliograph::bench::Options options;
  CLI::App app("Makes a data directory whose catalog knows many images that have no files");
  app.add_option("--data", options.data, "Must not be there yet")->required()->check(CLI::NonexistentPath);
  app.add_option("--images", options.images)->required()->check(CLI::PositiveNumber);
  app.add_option("--cameras", options.cameras)->check(CLI::Range(1, 1000))->capture_default_str();
  app.add_option("--days", options.days, "That the images are spread over")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  app.add_option("--thumbnail", options.thumbnails, "A JPEG; may be repeated")->check(CLI::ExistingFile);
  CLI11_PARSE(app, argc, argv);
  try {
    heliograph::bench::fill(options);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "fill: %s\n", problem.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
