#include "server/cameras/flash_image.hpp"

#include <algorithm>

namespace heliograph::cameras {
namespace {

// ESP-IDF's esp_image_header_t: this first, and at 12 and 13 the chip's number.
constexpr std::uint8_t image_magic = 0xE9;
constexpr std::size_t chip_number_offset = 12;
constexpr std::size_t header_size = 24;

struct Chip {
  std::string_view name;
  std::size_t boot_loader;  // its address
  unsigned number;
};
constexpr Chip chips[] = {{"ESP32", 0x1000, 0}, {"ESP32-S3", 0, 9}};

Error wrong(std::string sentence) {
  return {ErrorKind::unprocessable, std::move(sentence)};
}

}  // namespace

std::optional<std::string_view> chip_of(std::span<const std::uint8_t> head) {
  for (const Chip& chip : chips) {
    if (head.size() < chip.boot_loader + header_size) continue;
    const auto header = head.subspan(chip.boot_loader, header_size);
    const unsigned number = header[chip_number_offset] + 256U * header[chip_number_offset + 1];
    if (header[0] == image_magic && number == chip.number) return chip.name;
  }
  return std::nullopt;
}

void FlashImage::feed(std::span<const std::uint8_t> bytes) {
  const auto head = bytes.first(std::min(bytes.size(), flash_image_head - head_.size()));
  head_.append(reinterpret_cast<const char*>(head.data()), head.size());
  // What of this piece is the program's.
  const std::uint64_t program_end = program_offset + static_cast<std::uint64_t>(release_.size_bytes);
  const std::uint64_t begin = std::clamp(program_offset, bytes_, bytes_ + bytes.size()) - bytes_;
  const std::uint64_t end = std::clamp(program_end, bytes_, bytes_ + bytes.size()) - bytes_;
  program_.update(bytes.subspan(begin, end - begin));
  bytes_ += bytes.size();
}

Result<std::string_view> FlashImage::finish() {
  const auto chip = chip_of({reinterpret_cast<const std::uint8_t*>(head_.data()), head_.size()});
  if (!chip) {
    return wrong(
        "this is no flash of an ESP32 or ESP32-S3 from address 0 on: it begins with no boot loader. `idf.py "
        "merge-bin` makes one");
  }
  if (program_.finish() != release_.sha256) {
    return wrong("the program in it is not that of " + release_.model + " " + release_.version +
                 ": bring the flash image of the same build");
  }
  return *chip;
}

}  // namespace heliograph::cameras
