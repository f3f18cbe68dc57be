// Room on the disk: how much is left, what is promised to uploads in hand, and when there is too little.
#pragma once

#include "server/base/error.hpp"
#include "server/base/time.hpp"
#include "server/store/disk.hpp"

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>

namespace heliograph::store {

// As the owner sets them; what is missing follows from the size of the disk (watermarks_for).
struct WatermarkSettings {
  std::optional<std::uint64_t> low_bytes{};
  std::optional<std::uint64_t> reserve_bytes{};
};

// Free bytes below which something is done.
struct Watermarks {
  std::uint64_t low_bytes = 0;      // retention runs early and the owner is told
  std::uint64_t reserve_bytes = 0;  // uploads are refused: what is left is for what was promised already

  friend bool operator==(const Watermarks&, const Watermarks&) = default;
};

// The reserve takes the log of the database, thumbnails that are due and retention's own bookkeeping: a
// fiftieth of the disk, but 8 MiB at least and 1 GiB at most. The low mark leaves an owner days to act: a
// tenth of the disk, at least twice the reserve, at most 20 GiB. A set low mark below the reserve is raised
// to it.
Watermarks watermarks_for(std::uint64_t disk_bytes, const WatermarkSettings& settings);

enum class SpaceLevel { plenty, low, reserve };
std::string_view to_string(SpaceLevel level);

// `promised_bytes`: what is still to be written of what is free.
SpaceLevel judge_space(std::uint64_t free_bytes, std::uint64_t promised_bytes, const Watermarks& marks);

class SpaceWatch;

// Room that is kept for one upload until this is destroyed. Any thread; must not outlive its watch.
class Room {
 public:
  Room() = default;
  Room(SpaceWatch& watch, std::uint64_t bytes) : watch_(&watch), bytes_(bytes) {}
  ~Room();
  Room(Room&& other) noexcept
      : watch_(std::exchange(other.watch_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
  Room& operator=(Room&& other) noexcept {
    std::swap(watch_, other.watch_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }

  // There was none after all: see SpaceWatch::look_anew.
  void ran_out() const;

 private:
  SpaceWatch* watch_ = nullptr;
  std::uint64_t bytes_ = 0;
};

// Asks the filesystem now and then, and keeps the account in between. Any thread.
class SpaceWatch {
 public:
  // Asks the filesystem: ImageStore::space, but in tests.
  using Ask = std::function<Result<ImageStore::Space>()>;
  // `clock` outlives the watch.
  SpaceWatch(Ask ask, const Clock& clock, const WatermarkSettings& settings);

  // storage_full when this would reach into the reserve. `announced_bytes`: what its sender says it will
  // send. A filesystem that does not answer has room: what is wrong with it shows when it is written to.
  Result<Room> reserve(std::optional<std::uint64_t> announced_bytes);

  struct Look {
    ImageStore::Space space;
    Watermarks marks;
    SpaceLevel level = SpaceLevel::plenty;
    bool takes_pictures = true;  // one of usual_picture_bytes would be taken now
  };
  // At most space_look_interval old. internal: the filesystem does not answer.
  Result<Look> look();

  // A write has met a full disk: what is known is out of date, and the next question asks the filesystem.
  void look_anew();

 private:
  friend class Room;
  void release(std::uint64_t bytes);
  // These two are called with mutex_ held.
  void ask_again();
  std::uint64_t promised() const { return in_flight_ + landed_; }

  const Ask ask_;
  const Clock& clock_;
  const WatermarkSettings settings_;
  std::mutex mutex_;
  std::optional<SteadyTime> asked_at_;  // guarded by mutex_, as is all below
  Result<ImageStore::Space> space_ = ImageStore::Space{};
  Watermarks marks_;
  std::uint64_t in_flight_ = 0;  // of uploads in hand; what they have written already is counted twice
  std::uint64_t landed_ = 0;     // of uploads that ended since the filesystem was asked
};

// A statvfs costs a microsecond on an idle ext4, but takes locks that a busy one holds.
inline constexpr std::chrono::milliseconds space_look_interval{1000};
// A large picture of 2 megapixels, or a usual one of 5: where it does not fit, the server is not ready.
inline constexpr std::uint64_t usual_picture_bytes = 512ULL * 1024;
// Room for an upload that does not say how large it is: the largest JPEG of a 5-megapixel sensor has 3 MB.
inline constexpr std::uint64_t unannounced_bytes = 4ULL * 1024 * 1024;

}  // namespace heliograph::store
