// The part of ImageStore that keeps signed images for cameras.
#include "server/store/disk.hpp"

#include <filesystem>

namespace heliograph::store {

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

}  // namespace heliograph::store
