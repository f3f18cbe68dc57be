// protocol/README.md is what firmware authors copy from, so its examples are held against the code.
#include "protocol/protocol.hpp"

#include <array>
#include <fstream>
#include <iterator>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::protocol {
namespace {

using testing::HasSubstr;

std::string read_readme() {
  std::ifstream file(HELIOGRAPH_PROTOCOL_README);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string line(std::string_view name, std::string_view value) {
  return std::string(name) + ": " + std::string(value) + "\n";
}

std::string example_telemetry() {
  Telemetry telemetry;
  telemetry.battery_mv = 3912;
  telemetry.rssi_dbm = -71;
  telemetry.lat_e7 = 450'703'000;
  telemetry.lon_e7 = 76'869'000;
  telemetry.temperature_mc = 21'500;
  telemetry.heap_bytes = 81'234;
  telemetry.uptime_s = 3600;
  std::array<char, max_telemetry_length> text{};
  return {text.data(), encode_telemetry(telemetry, text.data(), text.size())};
}

TEST(Readme, ShowsTheRequestAsTheCodeWritesIt) {
  constexpr std::string_view boot = "7f3c9a52e1d04b68";
  ASSERT_TRUE(boot_id_valid(boot));
  const std::string request =
      "POST " + std::string(images_path) + " HTTP/1.1\n" + line("Host", "photos.example.org") +
      line("Authorization", "Bearer YOUR_CAMERA_KEY") + line("Content-Type", "image/jpeg") +
      line("Content-Length", "81234") + line(boot_header, boot) + line(sequence_header, "42") +
      line(captured_at_header, "1795359662123") + line(telemetry_header, example_telemetry());
  EXPECT_THAT(read_readme(), HasSubstr("```http\n" + request + "```"));
}

TEST(Readme, CountsTheAnswersBytes) {
  const std::string readme = read_readme();
  const std::size_t body = readme.find("\n\n{\"id\"");
  ASSERT_NE(body, std::string::npos);
  const std::size_t begin = body + 2;
  const std::size_t length = readme.find('\n', begin) - begin;
  EXPECT_THAT(readme, HasSubstr(line("Content-Length", std::to_string(length))));
}

TEST(Readme, NamesTheLimits) {
  const std::string readme = read_readme();
  EXPECT_THAT(readme, HasSubstr("1 to " + std::to_string(max_boot_id_length) + " characters"));
  EXPECT_THAT(readme, HasSubstr("0 to " + std::to_string(max_sequence)));
  EXPECT_THAT(readme, HasSubstr("at most " + std::to_string(max_telemetry_length) + " bytes"));
  EXPECT_THAT(readme, HasSubstr("`GET " + std::string(link_path) + "`"));
  EXPECT_THAT(readme, HasSubstr("pings every " + std::to_string(link_ping_s) + " seconds"));
  EXPECT_THAT(readme, HasSubstr("`4001` | a newer link"));
  EXPECT_EQ(max_link_text, 4096U);
  EXPECT_EQ(max_frame_bytes, 2U << 20);
  EXPECT_EQ(lease_ms, 10'000);
  EXPECT_EQ(link_credits, 2U);
}

}  // namespace
}  // namespace heliograph::protocol
