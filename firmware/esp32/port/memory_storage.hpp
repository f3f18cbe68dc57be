// The spool of a board without a card, or whose card has failed: in memory, until the power goes.
#pragma once

#include "firmware/core/agent.hpp"
#include "firmware/core/platform/storage.hpp"
#include "firmware/core/text.hpp"

#include <array>
#include <cstddef>

namespace heliograph::firmware {

// Files at once. Pictures that wait in memory are few; those that were refused have a note each.
inline constexpr std::size_t max_memory_files = 24;

// One task. Allocates nothing: `slab` is its caller's, and outlives it.
class MemoryStorage final : public Storage {
 public:
  explicit MemoryStorage(Slab slab) : slab_(slab) {}

  StorageStatus open() override { return StorageStatus::ok; }
  StorageStatus put(Area area, std::string_view name, Bytes first, Bytes second) override;
  FileRead read(Area area, std::string_view name, void* out, std::size_t capacity) override;
  StorageStatus remove(Area area, std::string_view name) override;
  StorageStatus move(Area from, std::string_view name, Area to) override;
  StorageStatus list(Area area, FileVisitor& visitor) override;
  std::string_view error_text() const override { return "the memory for pictures is full"; }

  std::size_t files_in(Area area) const;

 private:
  using Name = Text<12>;
  struct File {
    Area area = Area::waiting;
    Name name;
    std::size_t at = 0;  // in the slab, where files lie one behind the other
    std::size_t size = 0;
  };

  File* find(Area area, std::string_view name);
  std::size_t used() const { return count_ == 0 ? 0 : files_[count_ - 1].at + files_[count_ - 1].size; }

  const Slab slab_;
  std::array<File, max_memory_files> files_;
  std::size_t count_ = 0;
};

}  // namespace heliograph::firmware
