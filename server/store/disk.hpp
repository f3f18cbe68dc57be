// The data directory on a disk.
#pragma once

#include "server/base/error.hpp"
#include "server/base/time.hpp"
#include "server/store/names.hpp"
#include "server/store/new_file.hpp"
#include "server/store/partial_file.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::store {

// A file of an image, or its thumbnail, that was found by walking.
struct FoundImage {
  std::string folder;
  ImageName name;
  std::uint64_t size_bytes = 0;
  Timestamp modified;
};

// A file of refused bytes that was found by walking.
struct FoundQuarantined {
  std::string folder;
  QuarantineName name;
  std::uint64_t size_bytes = 0;
  Timestamp modified;
};

// What makes a new file durable.
enum class SyncPolicy {
  filesystem,   // sync_kept(), for all that were kept before it
  each_file,    // keeping it: for a filesystem that others write to, whose data nobody wants to wait for
  unsafe_never  // nothing: for benchmarks that ask what the sync costs
};

class ImageStore {
 public:
  // Makes the directory and what belongs in it, and takes its lock. unavailable when another process holds
  // it; bad_request, with a sentence for the owner, when it cannot be made or written to.
  static Result<std::unique_ptr<ImageStore>> open(const std::filesystem::path& directory,
                                                  SyncPolicy policy = SyncPolicy::filesystem);
  // For looking only: takes no lock and makes nothing. not_found.
  static Result<std::unique_ptr<ImageStore>> open_to_read(const std::filesystem::path& directory);
  ~ImageStore();
  ImageStore(const ImageStore&) = delete;
  ImageStore& operator=(const ImageStore&) = delete;

  std::filesystem::path path_of(std::string_view key) const { return directory_ / key; }
  SyncPolicy policy() const { return policy_; }

  // Exclusive: conflict when the name is taken. Makes the directories it needs. Durable as the policy says.
  Result<NewFile> create(std::string_view key);
  // All at once, replacing what is there: readers see the old or the new. Not synced. Any thread; of two at
  // once the last one to end stays.
  Result<void> replace(std::string_view key, std::span<const std::uint8_t> bytes);
  // not_found; too_large beyond `max_bytes`.
  Result<std::vector<std::uint8_t>> read(std::string_view key, std::uint64_t max_bytes) const;
  // Hands the file's bytes to `each`, in order and in pieces of at most 64 KiB: `length` of them from
  // `offset` on, or as many as there are. not_found.
  Result<void> read_pieces(std::string_view key, std::uint64_t offset, std::uint64_t length,
                           const std::function<void(std::span<const std::uint8_t>)>& each) const;
  // Gives a file another name, which nobody may have: conflict. Makes the directories it needs. Not synced.
  Result<void> move(std::string_view from, std::string_view to);
  Result<Timestamp> modified(std::string_view key) const;  // not_found
  Result<void> remove(std::string_view key);               // not_found

  // Makes every file that was created here and kept durable, if keeping it did not. Errors as of sync().
  Result<void> sync_kept();
  // The file of a resumable upload, made if it is not there. One at a time for each upload.
  Result<PartialFile> open_partial(UploadId id, Trust trust);
  // With its checksums. Fine when there is none.
  Result<void> remove_partial(UploadId id);
  // Whose files are there, in any order.
  Result<std::vector<UploadId>> partials() const;

  // The file of a signed image for cameras, durable when it is kept, whatever the policy makes of others:
  // there are few, and nobody waits behind them. Exclusive: conflict.
  Result<NewFile> create_release(ReleaseId id);
  // Whose files are there, in any order.
  Result<std::vector<ReleaseId>> releases() const;

  // What boards are flashed with, beside the release's file. Durable when it is kept; nobody sees it before
  // put_flash_image() gives it its place. Exclusive: conflict.
  Result<NewFile> create_flash_image(ReleaseId id);
  // In the place of an older one, durably. It was kept.
  Result<void> put_flash_image(ReleaseId id);
  // Beside which releases there is one, with its bytes, in any order.
  struct FlashImageFile {
    ReleaseId release;
    std::uint64_t size_bytes = 0;
  };
  Result<std::vector<FlashImageFile>> flash_images() const;
  // Removes those that a crash has left unfinished, and those of other releases than these.
  Result<void> tidy_flash_images(const std::set<ReleaseId>& releases);

  // Makes everything on the data directory's filesystem durable. After an error nobody knows what is: never
  // ask again for the same bytes.
  Result<void> sync();

  // Makes what was removed under these keys gone for good: syncs the directories they are in, each once. Not
  // by sync(): the kernel tells a failure of that once, and it is the committer who must hear of it.
  Result<void> sync_directories_of(std::span<const std::string> keys);

  // Calls `each` for every image file in day directories that were changed at or after `changed_since` (all
  // of them when empty). Files with other names are passed to `stray`.
  Result<void> walk(std::optional<Timestamp> changed_since,
                    const std::function<void(const FoundImage&)>& each,
                    const std::function<void(const std::filesystem::path&)>& stray) const;
  // The same for thumbnails.
  Result<void> walk_thumbnails(std::optional<Timestamp> changed_since,
                               const std::function<void(const FoundImage&)>& each,
                               const std::function<void(const std::filesystem::path&)>& stray) const;

  // Calls `each` for every file of refused bytes. Files with other names are passed to `stray`.
  Result<void> walk_quarantine(const std::function<void(const FoundQuarantined&)>& each,
                               const std::function<void(const std::filesystem::path&)>& stray) const;

  // The clean mark is there exactly when the last owner closed everything in order. Taking it removes it
  // durably and tells whether it was there; leaving it is the last thing an owner does. None is left when a
  // file that should go could not be removed: the next recovery has to look for it.
  Result<bool> take_clean_mark();
  Result<void> leave_clean_mark();

  struct Space {
    std::uint64_t free_bytes = 0;
    std::uint64_t total_bytes = 0;
  };
  Result<Space> space() const;

 private:
  ImageStore(std::filesystem::path directory, SyncPolicy policy, int directory_descriptor,
             int lock_descriptor)
      : directory_(std::move(directory)),
        policy_(policy),
        directory_descriptor_(directory_descriptor),
        lock_descriptor_(lock_descriptor) {}

  Result<NewFile> create(std::string_view key, NewFile::Keep keep);

  std::filesystem::path directory_;
  SyncPolicy policy_;
  int directory_descriptor_;
  int lock_descriptor_;                      // -1 when opened to read
  std::atomic<bool> untidy_{false};          // a file that should go stays
  std::atomic<std::uint64_t> replacing_{0};  // replacements that were begun
};

}  // namespace heliograph::store
