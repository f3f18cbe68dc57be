// The part of ImageStore that keeps signed images for cameras, and what boards are flashed with.
#include "server/store/disk.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>

namespace heliograph::store {
namespace {

std::string unfinished_flash_image(ReleaseId id) {
  return flash_image_key(id) + std::string(unfinished_suffix);
}

}  // namespace

Result<NewFile> ImageStore::create_release(ReleaseId id) {
  return create(release_key(id),
                policy_ == SyncPolicy::unsafe_never ? NewFile::Keep::unsynced : NewFile::Keep::durably);
}

Result<std::vector<ReleaseId>> ImageStore::releases() const try {
  std::vector<ReleaseId> found;
  for (const auto& entry : std::filesystem::directory_iterator(directory_ / "firmware")) {
    const auto id = parse_release_filename(entry.path().filename().string());
    if (id) found.push_back(*id);
  }
  return found;
} catch (const std::filesystem::filesystem_error& failure) {
  return error_from_errno(failure.code().value(), "list the releases");
}

Result<NewFile> ImageStore::create_flash_image(ReleaseId id) {
  return create(unfinished_flash_image(id),
                policy_ == SyncPolicy::unsafe_never ? NewFile::Keep::unsynced : NewFile::Keep::durably);
}

Result<void> ImageStore::put_flash_image(ReleaseId id) {
  const std::string from = unfinished_flash_image(id), to = flash_image_key(id);
  if (::rename(path_of(from).c_str(), path_of(to).c_str()) != 0) {
    return error_from_errno(errno, "rename to " + to);
  }
  if (policy_ == SyncPolicy::unsafe_never) return {};
  return sync_directories_of({&to, 1});
}

Result<std::vector<ImageStore::FlashImageFile>> ImageStore::flash_images() const try {
  std::vector<FlashImageFile> found;
  for (const auto& entry : std::filesystem::directory_iterator(directory_ / "firmware")) {
    const auto id = parse_flash_image_filename(entry.path().filename().string());
    if (id) found.push_back({*id, entry.file_size()});
  }
  return found;
} catch (const std::filesystem::filesystem_error& failure) {
  return error_from_errno(failure.code().value(), "list the flash images");
}

Result<void> ImageStore::tidy_flash_images(const std::set<ReleaseId>& releases) try {
  for (const auto& entry : std::filesystem::directory_iterator(directory_ / "firmware")) {
    std::string name = entry.path().filename().string();
    const bool unfinished = name.ends_with(unfinished_suffix);
    if (unfinished) name.resize(name.size() - unfinished_suffix.size());
    const auto id = parse_flash_image_filename(name);
    if (id && (unfinished || !releases.contains(*id))) std::filesystem::remove(entry.path());
  }
  return {};
} catch (const std::filesystem::filesystem_error& failure) {
  return error_from_errno(failure.code().value(), "tidy the flash images");
}

}  // namespace heliograph::store
