// What a board is flashed with the first time: its whole flash from address 0 on, with boot loader, partition
// table and program, as `idf.py merge-bin` makes it. It stands beside the release whose program is in it.
// Pure.
#pragma once

#include "server/base/error.hpp"
#include "server/base/sha256.hpp"
#include "server/catalog/firmware.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace heliograph::cameras {

// Bytes of the largest: as much flash as the larger of the partition tables covers.
inline constexpr std::uint64_t max_flash_image = 8 * 1024 * 1024;
// Where both partition tables (firmware/esp32/partitions-*.csv) have the first program.
inline constexpr std::uint64_t program_offset = 0x10000;
// Bytes of its beginning in which its boot loader says for which chip it is.
inline constexpr std::size_t flash_image_head = 0x1000 + 24;

// "ESP32" or "ESP32-S3", as ESP Web Tools calls them; none: it begins with no boot loader of theirs.
std::optional<std::string_view> chip_of(std::span<const std::uint8_t> head);

// One as it arrives, in pieces of any size. Nothing but its program is signed: who brings it is believed for
// the rest, and whoever flashes it has the board in hand.
class FlashImage {
 public:
  explicit FlashImage(const catalog::Release& release) : release_(release) {}

  void feed(std::span<const std::uint8_t> bytes);
  std::uint64_t size_bytes() const { return bytes_; }
  // Everything has come: for which chip it is. unprocessable, with a sentence for whoever brought it: it is
  // no flash of a board, or another program is in it.
  Result<std::string_view> finish();

 private:
  const catalog::Release release_;
  std::string head_;
  std::uint64_t bytes_ = 0;
  Sha256 program_;
};

}  // namespace heliograph::cameras
