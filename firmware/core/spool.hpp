// The pictures that the server does not have yet, oldest first, over restarts and power cuts.
//
// peek() does not remove; consume() does, after the server's receipt, and may be repeated. A record carries
// the name (boot, sequence) under which it was first offered, so sending one again never makes a second
// picture. Belongs to the agent's thread. What must not be in it: when to send, and how.
//
// In `waiting` each record is one file NNNNNNNN.REC; the numbers grow with every capture and are the order,
// across restarts too. What the server refused for good lies in `refused` as a plain NNNNNNNN.JPG with a
// NNNNNNNN.TXT that tells why. What cannot be read back lies in `damaged`.
#pragma once

#include "firmware/core/platform/storage.hpp"
#include "firmware/core/record.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace heliograph::firmware {

// Files kept in `refused` and in `damaged`, each; the oldest go first. Evidence for the owner, not an
// archive: a sensor that only makes noise must not fill the card.
inline constexpr std::size_t max_set_aside_files = 64;

struct SpoolRecovery {
  StorageStatus status = StorageStatus::ok;  // not ok: the spool cannot be used
  std::size_t damaged = 0;                   // records set aside
};

struct SpoolPut {
  StorageStatus status = StorageStatus::ok;  // not ok: the picture is not in the spool
  std::size_t dropped = 0;                   // oldest pictures that made room for it
};

enum class PeekStatus {
  ok,
  empty,
  damaged,  // the oldest was unreadable and is set aside; ask again
  failed    // the storage does not answer
};

class Spool {
 public:
  // `max_bytes`: all waiting records together. Past it the oldest pictures are dropped: the newest tell how
  // things stand.
  Spool(Storage& storage, std::uint64_t max_bytes) : storage_(storage), max_bytes_(max_bytes) {}

  // Before anything else: clears up after a power cut and counts what waits. `scratch` needs
  // max_record_header_size.
  SpoolRecovery recover(std::uint8_t* scratch);

  SpoolPut put(const Record& record);

  // Reads the oldest record into `buffer`; `record` then points into it.
  PeekStatus peek(std::uint8_t* buffer, std::size_t capacity, Record& record);

  // The oldest record, as peek() gave it, is safe elsewhere. Nothing happens when it was consumed already.
  void consume();

  // The oldest record will never be taken: keeps its picture and `reason` aside, and consumes it.
  void refuse(const Record& record, std::string_view reason);

  // Gives up everything that waits. Returns how many pictures went.
  std::size_t clear();

  std::size_t waiting() const { return count_; }
  std::uint64_t bytes() const { return bytes_; }
  std::string_view error_text() const { return storage_.error_text(); }

 private:
  class Recovery;

  FileRead read_oldest(std::uint8_t* out, std::size_t capacity);
  void forget_oldest(std::uint64_t size);
  bool drop_oldest();
  void trim(Area area);

  Storage& storage_;
  const std::uint64_t max_bytes_;
  std::uint64_t bytes_ = 0;
  std::size_t count_ = 0;
  std::uint32_t next_ = 1;         // number of the next record
  std::uint32_t oldest_ = 1;       // no waiting record has a smaller number
  std::uint64_t peeked_size_ = 0;  // of the oldest, while it is peeked; 0: it is not
};

}  // namespace heliograph::firmware
