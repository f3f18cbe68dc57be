#include "firmware/esp32/port/memory_storage.hpp"

#include <algorithm>
#include <cstring>

namespace heliograph::firmware {

MemoryStorage::File* MemoryStorage::find(Area area, std::string_view name) {
  File* const end = files_.data() + count_;
  File* const found = std::find_if(
      files_.data(), end, [&](const File& file) { return file.area == area && file.name.view() == name; });
  return found == end ? nullptr : found;
}

StorageStatus MemoryStorage::put(Area area, std::string_view name, Bytes first, Bytes second) {
  const std::size_t size = first.size + second.size;
  if (name.size() > Name::max_size) return StorageStatus::failed;
  if (count_ == files_.size() || size > slab_.size - used()) return StorageStatus::full;
  File file{area, Name(name), used(), size};
  if (first.size > 0) std::memcpy(slab_.data + file.at, first.data, first.size);
  if (second.size > 0) std::memcpy(slab_.data + file.at + first.size, second.data, second.size);
  const bool replaces = find(area, name) != nullptr;
  files_[count_++] = file;
  if (replaces) remove(area, name);  // finds the older one first
  return StorageStatus::ok;
}

FileRead MemoryStorage::read(Area area, std::string_view name, void* out, std::size_t capacity) {
  const File* file = find(area, name);
  if (file == nullptr) return {StorageStatus::not_found, 0, 0};
  const std::size_t size = std::min(capacity, file->size);
  if (size > 0) std::memcpy(out, slab_.data + file->at, size);
  return {StorageStatus::ok, size, file->size};
}

StorageStatus MemoryStorage::remove(Area area, std::string_view name) {
  File* file = find(area, name);
  if (file == nullptr) return StorageStatus::ok;
  const std::size_t end = used();
  const std::size_t gap = file->size;
  const std::size_t after = file->at + file->size;
  std::memmove(slab_.data + file->at, slab_.data + after, end - after);
  std::move(file + 1, files_.data() + count_, file);
  --count_;
  for (; file != files_.data() + count_; ++file) file->at -= gap;
  return StorageStatus::ok;
}

StorageStatus MemoryStorage::move(Area from, std::string_view name, Area to) {
  if (find(from, name) == nullptr) return StorageStatus::not_found;
  remove(to, name);
  find(from, name)->area = to;
  return StorageStatus::ok;
}

// The visitor may remove the file that it is shown, and then another one has its place.
StorageStatus MemoryStorage::list(Area area, FileVisitor& visitor) {
  for (std::size_t i = 0; i < count_;) {
    const File shown = files_[i];
    if (shown.area == area) visitor.visit(shown.name.view(), shown.size);
    const bool stayed =
        i < count_ && files_[i].area == shown.area && files_[i].name.view() == shown.name.view();
    if (stayed || shown.area != area) ++i;
  }
  return StorageStatus::ok;
}

std::size_t MemoryStorage::files_in(Area area) const {
  return static_cast<std::size_t>(std::count_if(files_.begin(),
                                                files_.begin() + static_cast<std::ptrdiff_t>(count_),
                                                [&](const File& file) { return file.area == area; }));
}

}  // namespace heliograph::firmware
