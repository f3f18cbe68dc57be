// The spool on a card with a FAT, through the file functions of the system: BASE/waiting, BASE/refused,
// BASE/damaged and BASE/state.
//
// FAT finds a file by reading its directory from the start. So files whose names are numbers lie in
// directories of a few hundred, "waiting/000012/00003087.REC"; a month's spool in one would take minutes to
// open.
//
// FAT can rename in one step, but not onto a file that is there. So that one is put aside first ("NAME.old"),
// and open() brings it back when power was cut in between.
#pragma once

#include "firmware/core/platform/storage.hpp"
#include "firmware/core/text.hpp"

namespace heliograph::firmware {

class CardStorage final : public Storage {
 public:
  // `base`: where the card is mounted. Outlives this.
  explicit CardStorage(const char* base) : base_(base) {}

  StorageStatus open() override;
  StorageStatus put(Area area, std::string_view name, Bytes first, Bytes second) override;
  FileRead read(Area area, std::string_view name, void* out, std::size_t capacity) override;
  StorageStatus remove(Area area, std::string_view name) override;
  StorageStatus move(Area from, std::string_view name, Area to) override;
  StorageStatus list(Area area, FileVisitor& visitor) override;
  std::string_view error_text() const override { return error_.view(); }

 private:
  using Path = Text<96>;  // with its ending zero

  Path path_of(Area area, std::string_view name, std::string_view suffix = {}) const;
  void make_segment(Area area, std::string_view name);
  bool put_right(Area area);
  bool write_whole(const char* path, Bytes first, Bytes second);
  StorageStatus fail(std::string_view what);

  const char* const base_;
  Text<96> error_;
};

}  // namespace heliograph::firmware
