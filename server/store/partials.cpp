// The part of ImageStore that keeps the files of resumable uploads.
#include "server/store/disk.hpp"

#include <cerrno>
#include <filesystem>
#include <unistd.h>

namespace heliograph::store {
namespace {

constexpr std::string_view sums_suffix = ".sums";

}  // namespace

Result<PartialFile> ImageStore::open_partial(UploadId id, Trust trust) {
  return PartialFile::open(path_of(upload_key(id)), trust);
}

Result<void> ImageStore::remove_partial(UploadId id) {
  const std::string key = upload_key(id);
  // The checksums last: bytes without them would be sent again, they without bytes mean nothing.
  for (const std::string& part : {key, key + std::string(sums_suffix)}) {
    if (::unlink(path_of(part).c_str()) != 0 && errno != ENOENT) {
      return error_from_errno(errno, "remove " + part);
    }
  }
  return {};
}

Result<std::vector<UploadId>> ImageStore::partials() const try {
  std::vector<UploadId> found;
  for (const auto& entry : std::filesystem::directory_iterator(directory_ / "uploads")) {
    std::string name = entry.path().filename().string();
    const bool sums = name.ends_with(sums_suffix);
    if (sums) name.resize(name.size() - sums_suffix.size());
    const auto id = parse_id<UploadId>(name);
    // Checksums alone are what a crash left of a removal: they are somebody's too.
    if (id && !(sums && std::filesystem::exists(path_of(upload_key(*id))))) found.push_back(*id);
  }
  return found;
} catch (const std::filesystem::filesystem_error& failure) {
  return error_from_errno(failure.code().value(), "list the uploads");
}

}  // namespace heliograph::store
