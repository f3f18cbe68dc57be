// catalog: the facts, in SQL. Cameras, images, telemetry, jobs, and how many images there are.
//
// Owns every SQL statement of the server and the schema with its upgrades. One Catalog is one database
// connection: it belongs to the thread that opened it and is used by no other. Any number of threads may each
// open their own. What must not be in it: files, sockets, pixels, HTTP. The catalog can always be rebuilt
// from the files.
//
// Every verb may also return unavailable (the database is away or busy: try again), storage_full, data_lost
// (the database is damaged) or internal; only what goes beyond that is written at the verb.
#pragma once

#include "protocol/telemetry.hpp"
#include "server/base/error.hpp"
#include "server/base/id.hpp"
#include "server/base/sha256.hpp"
#include "server/base/time.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::catalog {

class Db;

struct Camera {
  CameraId id;
  std::string name;    // what people call it; unique
  std::string folder;  // its directory below images/; unique, fixed for life, made from the first name
  Timestamp created_at;

  friend bool operator==(const Camera&, const Camera&) = default;
};

// How a sender names what it sends. Unique within a camera.
struct SenderName {
  std::string boot;
  std::int64_t sequence = 0;

  friend bool operator==(const SenderName&, const SenderName&) = default;
};

struct Image {
  ImageId id;
  CameraId camera;
  Timestamp captured_at;
  Timestamp received_at;
  std::optional<SenderName> sender;  // none: a sender that cannot name, or a file that was adopted
  Sha256Digest sha256{};             // of the stored bytes
  std::int64_t size_bytes = 0;       // of the stored bytes
  int width = 0;                     // pixels
  int height = 0;                    // pixels

  friend bool operator==(const Image&, const Image&) = default;
};

// An image with where it lives: `folder` is its camera's.
struct FiledImage {
  Image image;
  std::string folder;

  friend bool operator==(const FiledImage&, const FiledImage&) = default;
};

struct CameraSummary {
  Camera camera;
  std::int64_t image_count = 0;
  std::int64_t image_bytes = 0;     // of their files
  std::optional<Image> last_image;  // newest by (captured_at, id)
};

struct NewImage {
  Image image;
  std::optional<protocol::Telemetry> telemetry;
};

// What became of a NewImage.
enum class Added {
  stored,     // it has a row now
  duplicate,  // the camera sent it before; `id` and `captured_at` are the first one's, nothing was written
  conflict    // the camera used this SenderName before, for other bytes; `id` is that one's, nothing was
              // written
};
struct AddResult {
  Added outcome = Added::stored;
  ImageId id;
  Timestamp captured_at;
};

// Where a page of images ends; the next one starts behind it.
struct PageKey {
  Timestamp captured_at;
  ImageId id;

  friend bool operator==(const PageKey&, const PageKey&) = default;
};
struct ImageQuery {
  std::optional<CameraId> camera{};
  std::optional<Timestamp> from{};  // inclusive
  std::optional<Timestamp> to{};    // exclusive
  std::optional<PageKey> after{};   // the last of the page before
  int limit = 100;                  // 1 … 500
};

struct HourCount {
  Timestamp hour;  // its beginning, UTC
  std::int64_t images = 0;
  std::int64_t bytes = 0;  // of their files

  friend bool operator==(const HourCount&, const HourCount&) = default;
};

struct Job {
  JobId id;
  std::string kind;  // "thumbnail"
  ImageId image;
  int attempts = 0;  // including this one
};

// What some images add up to: two that are equal speak, as far as a check can be bothered, of the same
// images.
struct ImageSum {
  std::int64_t images = 0;
  std::int64_t bytes = 0;         // of their files
  std::int64_t times_of_day = 0;  // when they were taken, each in milliseconds after midnight UTC

  void add(const Image& image);
  friend bool operator==(const ImageSum&, const ImageSum&) = default;
};

// Counts that are not what the image rows say.
struct Miscounts {
  std::int64_t hours = 0;
  std::int64_t cameras = 0;
};

// When a commit of this connection is on the disk.
enum class Durability {
  at_commit,  // when the verb returns
  at_sync     // when the caller has synced the filesystem (SQLite); PostgreSQL is always at_commit
};

// Where the facts are. Text form: a path of an SQLite file, or a "postgresql://…" address.
struct OpenOptions {
  std::string database;
  Durability durability = Durability::at_commit;
  // Exactly one connection of all processes may move SQLite's log into its file (Debian's 3.40.1 can corrupt
  // the file when two do so at once): the server's committer, which holds the data directory's lock.
  bool checkpoints = false;
};

class Catalog {
 public:
  // Opens the database, makes the schema or upgrades it (in one transaction). An Error when it cannot be
  // reached, is no database of ours (unprocessable), or was made by a newer version (unprocessable).
  static Result<Catalog> open(const OpenOptions& options);
  Catalog(Catalog&&) noexcept;
  Catalog& operator=(Catalog&&) noexcept;
  ~Catalog();

  // --- cameras ---
  // conflict: the name or folder is taken (a removed camera keeps its folder). bad_request: no name, or one
  // longer than max_camera_name.
  Result<void> add_camera(const Camera& camera, const Sha256Digest& key_hash);
  // not_found. The old key stops working at once.
  Result<void> set_camera_key(CameraId camera, const Sha256Digest& key_hash);
  // Takes the camera's key away and hides it from lists; its images stay. not_found.
  Result<void> remove_camera(CameraId camera);
  // not_found: no camera has this key.
  Result<Camera> camera_by_key(const Sha256Digest& key_hash);
  // not_found. By name; removed cameras are not found.
  Result<Camera> camera_by_name(std::string_view name);
  // not_found. By folder, removed ones too: for adopting files.
  Result<Camera> camera_by_folder(std::string_view folder);
  // By name. Removed cameras are left out.
  Result<std::vector<CameraSummary>> cameras();

  // --- images ---
  // All or nothing, in one transaction: rows, telemetry, hour counts, one "thumbnail" job for each stored
  // image, and the note that these are the images whose files may not be on the disk yet (see unconfirmed).
  // An image is a duplicate when its SenderName is known with the same hash, or when it has no SenderName and
  // the camera has an image of this hash received less than `repeat_window` before. An image with a
  // SenderName whose hash is that of an adopted image (one without a SenderName) of the same camera gives
  // that one its name, and its telemetry if it has none, and is a duplicate. Images of one call can be
  // duplicates of each other. Results are in order.
  Result<std::vector<AddResult>> add_images(std::span<const NewImage> images);
  // The images of the last add_images call: the only ones that can be in the catalog without their file being
  // whole.
  Result<std::vector<FiledImage>> unconfirmed();
  // Takes the row away with everything that hangs on it, and corrects the counts. not_found.
  Result<void> remove_image(ImageId id);
  Result<FiledImage> image(ImageId id);  // not_found
  Result<std::optional<protocol::Telemetry>> telemetry(ImageId id);
  // Newest first by (captured_at, id). One index range: as fast at a million images as at a thousand.
  Result<std::vector<FiledImage>> images(const ImageQuery& query);
  // Hours that have images, in order of time.
  Result<std::vector<HourCount>> histogram(std::optional<CameraId> camera);
  // In order of id, `limit` at most, with id > after: for fsck.
  Result<std::vector<FiledImage>> images_by_id(ImageId after, int limit);
  // When the newest image was received: for recovery.
  Result<std::optional<Timestamp>> last_received();

  // --- jobs ---
  // Up to `limit` jobs that nobody holds, oldest first; they are held until `lease_until`. Two claimers never
  // get the same one.
  Result<std::vector<Job>> claim_jobs(Timestamp now, Timestamp lease_until, int limit);
  Result<void> finish_jobs(std::span<const JobId> jobs);
  // Gives a job back: claimable again from `retry_at`, or never when that is empty (it stays, for people to
  // see).
  Result<void> fail_job(JobId job, std::string_view reason, std::optional<Timestamp> retry_at);
  // One "thumbnail" job for each image that has none, and another chance for those that were given up: how
  // thumbnails are rebuilt. Returns how many. In chunks, so that pictures that arrive meanwhile do not wait.
  Result<std::int64_t> queue_thumbnails();

  // --- check and rebuild ---
  // Rows for files that are known to be whole, as they are: no file is taken for a repeat of another, none
  // gets a job. An image whose id has a row is passed over. All or nothing. Returns how many were added.
  Result<std::int64_t> adopt_images(std::span<const Image> images);
  // A "thumbnail" job for each of these that has none, and another chance where it was given up.
  Result<void> queue_thumbnails(std::span<const ImageId> images);
  // Of the images with id <= last. Reads their rows.
  Result<ImageSum> sum_of_images(ImageId last);
  // How many counts are wrong. Reads every image row, at one moment: it may be asked while others write.
  Result<Miscounts> miscounts();

  // --- upkeep ---
  // Makes the counts (hours and cameras) again from the rows, in one transaction. Reads every image row.
  Result<void> recount();
  // When this connection's commits are on the disk: what was asked for, or at_commit where the engine knows
  // no other.
  Durability durability() const;
  // A cheap question to the database: does it answer. For /readyz.
  Result<void> ping();
  // SQLite: the file's own integrity check; PostgreSQL: nothing. A sentence per fault.
  Result<std::vector<std::string>> check();

 private:
  explicit Catalog(std::unique_ptr<Db> db);
  std::unique_ptr<Db> db_;
};

// How long a byte-for-byte repeat of a sender that cannot name its pictures is taken for a retry. A camera
// that cannot reach us gives up within hours; two real photos that are equal to the byte are not seen (the
// sensor's noise).
inline constexpr std::chrono::hours repeat_window{24};

// The longest name of a camera, bytes: fsck names a camera after the directory it found, so NAME_MAX.
inline constexpr std::size_t max_camera_name = 255;

// The largest page anyone may ask for: 500 rows are about 100 KB of JSON.
inline constexpr int max_page = 500;

}  // namespace heliograph::catalog
