// What a port owes the core about files: four small directories on something that may lose power at any
// moment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace heliograph::firmware {

enum class Area {
  waiting,  // to be sent
  refused,  // the server will never take these
  damaged,  // unreadable
  state     // what the camera was told, and has to tell
};

enum class StorageStatus { ok, not_found, full, failed };

struct Bytes {
  const void* data = nullptr;
  std::size_t size = 0;
};

struct FileRead {
  StorageStatus status = StorageStatus::ok;
  std::size_t size_read = 0;
  std::uint64_t file_size = 0;
};

class FileVisitor {
 public:
  // May move or remove the file it is shown, and no other.
  virtual void visit(std::string_view name, std::uint64_t size) = 0;

 protected:
  ~FileVisitor() = default;
};

// Owned by the agent's thread. Names have the 8.3 form that every card understands.
class Storage {
 public:
  // Makes the areas and removes what an interrupted put() left behind. Before anything else.
  virtual StorageStatus open() = 0;

  // Writes the two parts as one new file, in the place of one of that name. When it returns ok, the file
  // survives a power cut; when power is cut before, it is there whole or not at all (temporary name, sync,
  // rename, sync of the directory). `full` leaves nothing behind.
  virtual StorageStatus put(Area area, std::string_view name, Bytes first, Bytes second) = 0;

  // Reads at most `capacity` bytes from the start of a file; none is a way to ask for its size.
  virtual FileRead read(Area area, std::string_view name, void* out, std::size_t capacity) = 0;

  // ok also when it was gone already. A removal that a power cut takes back is harmless: the picture is sent
  // once more and the server recognises it. So this need not sync.
  virtual StorageStatus remove(Area area, std::string_view name) = 0;

  virtual StorageStatus move(Area from, std::string_view name, Area to) = 0;

  // What is put survives a power cut; not: there is only memory for it.
  virtual bool lasts() const { return true; }

  // Shows every file, in no order.
  virtual StorageStatus list(Area area, FileVisitor& visitor) = 0;

  // What went wrong in the last call that returned full or failed.
  virtual std::string_view error_text() const = 0;

 protected:
  ~Storage() = default;
};

}  // namespace heliograph::firmware
