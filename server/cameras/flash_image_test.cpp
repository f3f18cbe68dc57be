#include "server/cameras/flash_image.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

const std::string program(70'000, 'p');

catalog::Release release() {
  catalog::Release release;
  release.model = "trap";
  release.version = "1.2.0";
  release.size_bytes = static_cast<std::int64_t>(program.size());
  release.sha256 = sha256(program);
  return release;
}

// A board's flash whose boot loader, at this address, is one of the chip of this number.
std::string flash(std::size_t boot_loader, char chip) {
  std::string bytes(program_offset, '\xff');
  bytes.replace(boot_loader, 14, std::string("\xe9\x03\x02\x20") + std::string(8, '\0') + chip + '\0');
  return bytes + program;
}

std::string look_at(std::string_view bytes, std::size_t piece = 64 * 1024) {
  FlashImage image(release());
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    const std::string_view part = bytes.substr(0, piece);
    image.feed({reinterpret_cast<const std::uint8_t*>(part.data()), part.size()});
  }
  const auto chip = image.finish();
  return chip ? std::string(*chip) : chip.error().detail.substr(0, 27);
}

TEST(FlashImage, SaysForWhichChipItIs) {
  constexpr std::string_view no_flash = "this is no flash of an ESP3";
  constexpr std::string_view another = "the program in it is not th";
  const std::string esp32 = flash(0x1000, 0);
  const struct {
    std::string bytes;
    std::string_view expected;
  } table[] = {
      {esp32, "ESP32"},
      {flash(0, 9), "ESP32-S3"},
      {esp32 + std::string(1000, '\xff'), "ESP32"},  // the flash goes on behind it
      {flash(0, 0), no_flash},                       // a boot loader that is elsewhere
      {flash(0, 5), no_flash},                       // an ESP32-C3
      {"", no_flash},
      {program, no_flash},  // the program alone
      {esp32.substr(0, 0x1010), no_flash},
      {esp32.substr(0, esp32.size() - 1), another},
      {esp32.substr(0, 0x8000), another},
      {esp32.substr(0, esp32.size() - 1) + "x", another},
  };
  for (const auto& row : table) {
    EXPECT_EQ(look_at(row.bytes), row.expected) << row.bytes.size();
    if (row.bytes.size() > 1) EXPECT_EQ(look_at(row.bytes, 4'099), row.expected) << row.bytes.size();
  }
}

}  // namespace
}  // namespace heliograph::cameras
