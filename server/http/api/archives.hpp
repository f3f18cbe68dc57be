// Archives that were asked for and wait to be fetched: what is in them, and who may have them.
//
// Asked for and fetched are two requests, because a browser saves what it goes to, and to a selection of
// thousands no address leads; and because so a reader is told how much it will be before it comes. Net
// thread.
#pragma once

#include "server/accounts/visitor.hpp"
#include "server/base/base.hpp"
#include "server/catalog/catalog.hpp"
#include "server/http/api/stream_places.hpp"
#include "server/http/zip.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::http {

// Images of one archive: a fortnight of a picture a minute. A list of them holds 1 MB.
inline constexpr std::size_t max_archive_images = 20'000;
// That wait, and how long: a browser fetches at once. The oldest goes when there are more.
inline constexpr std::size_t max_archives = 16;
inline constexpr std::chrono::minutes archive_life{10};
// That are sent at once; each holds one picture.
inline constexpr std::size_t max_archive_streams = 8;

struct ArchiveEntry {
  ImageId id;
  CameraId camera;
  Timestamp captured_at;
  std::uint32_t size = 0;  // bytes
};

struct Archive {
  std::optional<PersonId> person;  // whose; none: the server has no login
  std::vector<ArchiveEntry> entries;
  std::map<CameraId, std::string> folders;  // of its cameras
  ZipPlan plan;

  // "orchard/20261122T150102.123Z-06fk2r8m0q3zt.jpg": as the file is called on the server's disk.
  std::string name_of(const ArchiveEntry& entry) const;
  // Files and plan grow. Images of 4 GiB and more are passed over: false.
  bool add(const catalog::FiledImage& filed);
};

class Archives {
 public:
  explicit Archives(const Clock& clock) : clock_(clock) {}

  // Keeps it; returns its name.
  std::string keep(Archive archive);
  // Null: there is none of this name, or it is not theirs.
  std::shared_ptr<const Archive> find(std::string_view name, const accounts::Visitor& visitor);

  // A place among those that are sent, for as long as it is held. Null: there is none.
  std::shared_ptr<const void> take_place() { return places_.take(); }

 private:
  struct Kept {
    std::string name;
    std::shared_ptr<const Archive> archive;
    SteadyTime until;
  };

  void forget_old();

  const Clock& clock_;
  std::vector<Kept> kept_;  // the oldest first
  StreamPlaces places_{max_archive_streams};
};

}  // namespace heliograph::http
