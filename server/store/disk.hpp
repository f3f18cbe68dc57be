// The data directory on a disk.
#pragma once

#include "server/base/error.hpp"
#include "server/base/time.hpp"
#include "server/store/names.hpp"
#include "server/store/new_file.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
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

// Whether sync() syncs. `unsafe_never` is for benchmarks that ask what the sync costs.
enum class SyncPolicy { filesystem, unsafe_never };

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

  // Exclusive: conflict when the name is taken. Makes the directories it needs.
  Result<NewFile> create(std::string_view key);
  // All at once, replacing what is there: readers see the old or the new. Not synced.
  Result<void> replace(std::string_view key, std::span<const std::uint8_t> bytes);
  // not_found; too_large beyond `max_bytes`.
  Result<std::vector<std::uint8_t>> read(std::string_view key, std::uint64_t max_bytes) const;
  Result<Timestamp> modified(std::string_view key) const;  // not_found
  Result<void> remove(std::string_view key);               // not_found

  // Makes everything on the data directory's filesystem durable. After an error nobody knows what is: never
  // ask again for the same bytes.
  Result<void> sync();

  // Calls `each` for every image file in day directories that were changed at or after `changed_since` (all
  // of them when empty). Files with other names are passed to `stray`.
  Result<void> walk(std::optional<Timestamp> changed_since,
                    const std::function<void(const FoundImage&)>& each,
                    const std::function<void(const std::filesystem::path&)>& stray) const;
  // The same for thumbnails.
  Result<void> walk_thumbnails(std::optional<Timestamp> changed_since,
                               const std::function<void(const FoundImage&)>& each,
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

  using KeyOf = std::string (*)(std::string_view folder, const ImageName& name);
  Result<void> walk_below(std::string_view root, KeyOf key_of, std::optional<Timestamp> changed_since,
                          const std::function<void(const FoundImage&)>& each,
                          const std::function<void(const std::filesystem::path&)>& stray) const;

  std::filesystem::path directory_;
  SyncPolicy policy_;
  int directory_descriptor_;
  int lock_descriptor_;              // -1 when opened to read
  std::atomic<bool> untidy_{false};  // a file that should go stays
};

}  // namespace heliograph::store
