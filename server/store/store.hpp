// store: blobs under keys. Today a directory of plain files; the layout is a person's to browse.
//
// Owns the data directory: its lock, its names (the only code that makes or parses them), exclusive creation, sync,
// removal. Blocking; any thread, unless it says otherwise.
// What must not be in it: SQL, what makes a JPEG whole, who may see what.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/error.hpp"
#include "server/base/id.hpp"
#include "server/base/time.hpp"

namespace heliograph::store {

// "20261122T150102.123Z-06fk2r8m0q3zt.jpg": when the picture was taken, and its id.
std::string image_filename(Timestamp captured_at, ImageId id);

struct ImageName {
  Timestamp captured_at;
  ImageId id;

  friend bool operator==(const ImageName&, const ImageName&) = default;
};
// The inverse; nullopt for any other text.
std::optional<ImageName> parse_image_filename(std::string_view filename);

// "images/orchard/2026/11/22/<filename>", relative to the data directory. `folder` is a camera's.
std::string image_key(std::string_view folder, const ImageName& name);
// "thumbnails/orchard/2026/11/22/<filename>": rebuildable, so never synced.
std::string thumbnail_key(std::string_view folder, const ImageName& name);

// A camera's directory name made from what people call it: "Orchard north" → "orchard-north". Never empty, never a dot
// name, at most 48 bytes of [a-z0-9-].
std::string folder_from_name(std::string_view name);

// A file that is being written. Removed when destroyed unless keep() was called.
class NewFile {
 public:
  NewFile(NewFile&&) noexcept;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile();

  Result<void> write(std::span<const std::uint8_t> bytes);
  // Cuts the file and closes it. It stays, unsynced.
  Result<void> keep(std::uint64_t size_bytes);
  const std::string& key() const { return key_; }

 private:
  friend class ImageStore;
  NewFile(int descriptor, std::filesystem::path path, std::string key);
  int descriptor_;
  std::filesystem::path path_;
  std::string key_;
};

// An image file that was found by walking.
struct FoundImage {
  std::string folder;
  ImageName name;
  std::uint64_t size_bytes = 0;
  Timestamp modified;
};

class ImageStore {
 public:
  // Makes the directory and what belongs in it, and takes its lock. unavailable when another process holds it;
  // bad_request with a sentence when it cannot be made or written to.
  static Result<std::unique_ptr<ImageStore>> open(const std::filesystem::path& directory);
  ~ImageStore();

  const std::filesystem::path& directory() const { return directory_; }
  std::filesystem::path path_of(std::string_view key) const { return directory_ / key; }

  // Exclusive: conflict when the name is taken. Makes the directories it needs.
  Result<NewFile> create(std::string_view key);
  // All at once, replacing what is there; atomic for readers, not synced. For thumbnails.
  Result<void> replace(std::string_view key, std::span<const std::uint8_t> bytes);
  Result<std::vector<std::uint8_t>> read(std::string_view key, std::uint64_t max_bytes);
  Result<void> remove(std::string_view key);  // not_found

  // Makes everything on the data directory's filesystem durable. An error means that nobody knows what is: never call
  // it again for the same bytes.
  Result<void> sync();

  // Calls `each` for every image file in directories that were changed at or after `changed_since` (all of them when
  // empty). Files with other names are passed to `stray`.
  Result<void> walk(std::optional<Timestamp> changed_since, const std::function<void(const FoundImage&)>& each,
                    const std::function<void(const std::filesystem::path&)>& stray) const;

  // The clean mark: is there exactly when the last owner closed everything in order. take_clean_mark removes it
  // durably and tells whether it was there; leave_clean_mark is the last thing an owner does.
  Result<bool> take_clean_mark();
  Result<void> leave_clean_mark();

  struct Space {
    std::uint64_t free_bytes = 0, total_bytes = 0;
  };
  Result<Space> space() const;

 private:
  ImageStore(std::filesystem::path directory, int directory_descriptor, int lock_descriptor);
  std::filesystem::path directory_;
  int directory_descriptor_;
  int lock_descriptor_;
};

}  // namespace heliograph::store
