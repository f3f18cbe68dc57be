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
#include "server/catalog/facts.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heliograph::catalog {

class Db;

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
  // the file when two do so at once): of whoever holds the data directory's lock.
  bool checkpoints = false;
  // SQLite: told after each commit of this connection how many pages its log has, and then it is somebody
  // else's part to move them (see Checkpointer). Called on the thread that commits; must be quick.
  std::function<void(std::int64_t pages)> log_grew = {};
};

// When the log is moved into the file.
enum class Checkpoint {
  beside_writers,  // as far as it goes: what is written meanwhile stays in the log
  before_writers  // all of it, so that it begins anew: whoever commits waits. Not done while a reader is long
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
  // All or none of them. Errors as for one, naming it.
  Result<void> add_cameras(std::span<const KeyedCamera> cameras);
  // not_found; conflict and bad_request as for a new one.
  Result<void> rename_camera(CameraId camera, std::string_view name);
  // Takes the camera's key away and hides it from lists; its images stay. not_found.
  Result<void> remove_camera(CameraId camera);
  Result<Camera> camera_by_id(CameraId camera);  // not_found, removed ones too
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
  Result<FiledImage> image(ImageId id);         // not_found, also when it is in the trash
  Result<FiledImage> stored_image(ImageId id);  // not_found; in the trash or not
  Result<std::optional<protocol::Telemetry>> telemetry(ImageId id);
  // Newest first by (captured_at, id), without what is in the trash. Without a filter one index range, or one
  // for each camera of `among`: as fast at a million images as at a thousand. What a filter costs is said in
  // filter.hpp.
  Result<std::vector<FiledImage>> images(const ImageQuery& query);
  // For each of `moments` (max_moments at most, in any order) the camera's image that was taken nearest to
  // it, but not further than `within` away; of two that are as near, the earlier. None: there is none. In the
  // order of the moments. Two looks into an index for each.
  Result<std::vector<std::optional<FiledImage>>> nearest_images(CameraId camera,
                                                                std::span<const Timestamp> moments,
                                                                std::chrono::milliseconds within);
  // The camera's last image before this one that is not in the trash, not more than `within` before. One look
  // into an index.
  Result<std::optional<FiledImage>> image_before(const Image& image, std::chrono::milliseconds within);
  // Hours that have images, in order of time, without what is in the trash. Of one camera or all, but only of
  // `among` if that is given.
  Result<std::vector<HourCount>> histogram(std::optional<CameraId> camera,
                                           const std::optional<std::vector<CameraId>>& among = std::nullopt,
                                           const ImageFilter& filter = {});
  // In order of id, `limit` at most, with id > after, in the trash or not: for fsck.
  Result<std::vector<FiledImage>> images_by_id(ImageId after, int limit);
  // When the newest image was received: for recovery.
  Result<std::optional<Timestamp>> last_received();

  // --- retention ---
  // Camera 0 has the rule of every camera without one of its own. None: nothing is ever removed.
  Result<std::optional<RetentionRule>> retention(CameraId camera);
  // All rules, by camera.
  Result<std::vector<std::pair<CameraId, RetentionRule>>> retentions();
  // Replaces the camera's rule. not_found; bad_request: a number below 1, or thinning that makes no sense.
  Result<void> set_retention(CameraId camera, const RetentionRule& rule);
  // Whether there was one.
  Result<bool> clear_retention(CameraId camera);
  // Every camera, removed ones too, by name.
  Result<std::vector<Holding>> holdings();
  // Oldest first by (captured_at, id), without what is in the trash. One index range.
  Result<std::vector<KeptImage>> oldest_images(const KeptQuery& query);
  // Takes rows away with everything that hangs on them, corrects the counts, and notes the images as
  // removals, in one transaction. What is starred, in the trash or gone by now is left out. Returns what was
  // taken; its files may go once this is durable.
  Result<std::vector<Removal>> remove_images(std::span<const ImageId> images);
  // Removals whose files may still be there, `limit` at most.
  Result<std::vector<Removal>> removals(int limit);
  // Whether the image's row was taken away and its file is going to be.
  Result<bool> is_being_removed(ImageId image);
  // Their files are gone, durably.
  Result<void> finish_removals(std::span<const Removal> removals);
  // not_found, also when it is in the trash.
  Result<void> set_starred(ImageId image, bool starred);
  // Of all cameras together, hour by hour, for from <= hour < to. In order of time.
  Result<std::vector<HourCount>> hours_between(Timestamp from, Timestamp to);
  // Of each camera that has any, removed ones too.
  Result<std::vector<Arrivals>> arrivals_between(Timestamp from, Timestamp to);

  // --- quarantine ---
  // In one transaction: counts each refusal for its camera, but those of which a picture was salvaged, and
  // makes a row for what was kept, unless the camera has the same bytes there already. In order: was one
  // made, so that the file has to stay?
  Result<std::vector<bool>> add_refusals(std::span<const Refusal> refusals);
  // A row for a file that has none; no refusal is counted. False: the camera has the same bytes there
  // already.
  Result<bool> adopt_quarantined(const Quarantined& bytes);
  Result<FiledQuarantined> quarantined(QuarantineId id);  // not_found
  // A camera's, newest first; `limit` 1 … max_page.
  Result<std::vector<FiledQuarantined>> quarantine(CameraId camera, std::optional<QuarantineKey> after,
                                                   int limit);
  // All there is, oldest first. Its number is bounded by what adds to it.
  Result<std::vector<FiledQuarantined>> whole_quarantine();
  // Those that are not there (any more) are passed over.
  Result<void> remove_quarantined(std::span<const QuarantineId> ids);

  // --- health ---
  Result<CameraRecord> camera_record(CameraId camera);  // not_found; removed ones too
  // A camera's pictures taken at or after `since`, newest first, `limit` at most.
  Result<std::vector<Sighting>> sightings(CameraId camera, Timestamp since, int limit);
  // Those among the newest max_recent_arrivals of all cameras that claim a time of their own, newest first.
  Result<std::vector<Sighting>> recent_claims(CameraId camera, int limit);

  // --- jobs ---
  // Up to `limit` jobs that nobody holds, oldest first; they are held until `lease_until`. Two claimers never
  // get the same one.
  Result<std::vector<Job>> claim_jobs(Timestamp now, Timestamp lease_until, int limit);
  // `looks`, which are what those jobs found out, are noted in the same transaction: a picture that is newer
  // than the newest is the same as that one or another. Older ones are passed over.
  Result<void> finish_jobs(std::span<const JobId> jobs, std::span<const Look> looks = {});
  // Gives a job back: claimable again from `retry_at`, or never when that is empty (it stays, for people to
  // see).
  Result<void> fail_job(JobId job, std::string_view reason, std::optional<Timestamp> retry_at);
  // Reads the rows of all that are waiting.
  Result<JobCounts> count_jobs();
  // One "thumbnail" job for each image that has none, and another chance for those that were given up: how
  // thumbnails are rebuilt. Returns how many. In chunks, so that pictures that arrive meanwhile do not wait.
  Result<std::int64_t> queue_thumbnails();

  // --- resumable uploads ---
  // not_found: the camera has no image of this name.
  Result<Image> image_by_sender(CameraId camera, const SenderName& sender);
  // unavailable: another machine made the same id at the same moment.
  Result<void> add_upload(const Upload& upload);
  Result<Upload> upload(UploadId id);  // not_found
  // Not yet an image; those that will expire first come first.
  Result<std::vector<Upload>> open_uploads(CameraId camera);
  // Announced bytes of all that are open.
  Result<std::int64_t> open_upload_bytes();
  // The upload that became this image. not_found.
  Result<Upload> upload_of_image(ImageId image);
  // Does nothing when it is gone.
  Result<void> extend_upload(UploadId id, Timestamp expires_at);
  // It became `image`; its row stays until `expires_at`. Does nothing when it is gone.
  Result<void> finish_upload(UploadId id, ImageId image, Timestamp expires_at);
  Result<void> remove_upload(UploadId id);  // fine when it is gone
  // `limit` at most.
  Result<std::vector<Upload>> expired_uploads(Timestamp now, int limit);

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
  // Moves the database's log into its file, if that is this connection's part (see OpenOptions). For what
  // others have written: commits of this connection do it by themselves.
  Result<void> checkpoint(Checkpoint when);
  // When this connection's commits are on the disk: what was asked for, or at_commit where the engine knows
  // no other.
  Durability durability() const;
  // What `work` writes through this connection is kept together, by one flush, once this returns without an
  // error. What fails in it is undone by itself, and says so there.
  Result<void> together(const std::function<void()>& work);
  // A cheap question to the database: does it answer. For /readyz.
  Result<void> ping();
  // SQLite: the file's own integrity check; PostgreSQL: nothing. A sentence per fault.
  Result<std::vector<std::string>> check();

 private:
  // The verbs about people, keys and what people do with pictures have headers of their own, because few who
  // read pictures need them.
  friend class Alerts;      // alerts.hpp
  friend class AuditLog;    // audit.hpp
  friend class CameraKeys;  // camera_keys.hpp
  friend class Claims;      // claims.hpp
  friend class Detections;  // detections.hpp
  friend class Firmware;    // firmware.hpp
  friend class Groups;      // groups.hpp
  friend class Identities;  // identities.hpp
  friend class Marks;       // marks.hpp
  friend class Orders;      // orders.hpp
  friend class Overview;    // overview.hpp
  friend class People;      // people.hpp
  friend class Places;      // places.hpp
  friend class Push;        // push.hpp
  friend class Series;      // series.hpp
  friend class Shares;      // shares.hpp
  friend class SignIns;     // sign_ins.hpp
  friend class Trash;       // trash.hpp

  explicit Catalog(std::unique_ptr<Db> db);

  Result<FiledImage> one_image(std::string_view sql, ImageId id);

  std::unique_ptr<Db> db_;
};

// How long a byte-for-byte repeat of a sender that cannot name its pictures is taken for a retry. A camera
// that cannot reach us gives up within hours; two real photos that are equal to the byte are not seen (the
// sensor's noise).
inline constexpr std::chrono::hours repeat_window{24};

// The longest name of a camera, bytes: fsck names a camera after the directory it found, so NAME_MAX.
inline constexpr std::size_t max_camera_name = 255;

// Bytes of a refused upload that are kept in its row: enough to recognise text, noise or another format in a
// list.
inline constexpr std::size_t max_quarantine_head = 64;

// Rows that are read to find a camera's last arrivals whatever their capture time says: a few milliseconds. A
// camera that sends less often than once in so many pictures of the whole fleet is found by its capture
// times.
inline constexpr int max_recent_arrivals = 5000;

// The largest page anyone may ask for: 500 rows are about 100 KB of JSON.
inline constexpr int max_page = 500;

// Moments of one question: a day of each for a year and a month, and as many as fit into the 8 KB that a
// request's header may have.
inline constexpr std::size_t max_moments = 400;

// The largest page of oldest_images: a few milliseconds, and 100 KB of memory.
inline constexpr int max_kept_page = 2000;

// The longest time and the largest number a rule may name: a century, and what a JSON number carries exactly.
inline constexpr std::int64_t max_keep_days = 36'525;
inline constexpr std::int64_t max_keep = 9'007'199'254'740'991;

}  // namespace heliograph::catalog
