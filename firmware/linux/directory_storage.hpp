// Storage in a directory of this machine: DIR/waiting, DIR/refused, DIR/damaged, DIR/state.
#pragma once

#include "firmware/core/platform/storage.hpp"
#include "firmware/linux/file_descriptor.hpp"

#include <array>
#include <filesystem>
#include <string>

namespace heliograph::firmware {

class DirectoryStorage final : public Storage {
 public:
  // `directory` is made by open(), which also takes a lock in it: two programs would number their records
  // alike.
  explicit DirectoryStorage(std::filesystem::path directory) : directory_(std::move(directory)) {}

  StorageStatus open() override;
  StorageStatus put(Area area, std::string_view name, Bytes first, Bytes second) override;
  FileRead read(Area area, std::string_view name, void* out, std::size_t capacity) override;
  StorageStatus remove(Area area, std::string_view name) override;
  StorageStatus move(Area from, std::string_view name, Area to) override;
  StorageStatus list(Area area, FileVisitor& visitor) override;
  std::string_view error_text() const override { return error_; }

 private:
  int area_fd(Area area) const { return areas_[static_cast<std::size_t>(area)].get(); }
  bool take_lock();
  bool open_area(Area area);
  StorageStatus write_temporary(int area_fd, Bytes first, Bytes second);
  StorageStatus fail(std::string_view what);

  const std::filesystem::path directory_;
  FileDescriptor lock_;
  std::array<FileDescriptor, 4> areas_;
  std::string error_;
};

}  // namespace heliograph::firmware
