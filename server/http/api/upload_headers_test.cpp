#include "server/http/api/upload_headers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using testing::HasSubstr;
using Headers = std::vector<std::pair<std::string, std::string>>;

// A body of which only the length is asked.
class BodyOfLength final : public Body {
 public:
  explicit BodyOfLength(std::optional<std::uint64_t> length) : length_(length) {}
  Task<Result<std::span<const std::uint8_t>>> next() override { co_return std::span<const std::uint8_t>{}; }
  std::uint64_t received() const override { return 0; }
  std::optional<std::uint64_t> length() const override { return length_; }

 private:
  std::optional<std::uint64_t> length_;
};

Request with(Headers headers) {
  Request request;
  request.headers = std::move(headers);
  return request;
}

TEST(UploadHeaders, TheKeyComesInTwoHeaders) {
  EXPECT_EQ(read_key(with({{"Authorization", "Bearer abc"}})).value(), "abc");
  EXPECT_EQ(read_key(with({{"authorization", "bearer  abc "}})).value(), "abc");
  EXPECT_EQ(read_key(with({{"Authorization", "Token abc"}})).value(), "abc");
  EXPECT_EQ(read_key(with({{"x-api-key", "abc"}})).value(), "abc");
  EXPECT_EQ(read_key(with({})).value(), std::nullopt);
  for (const char* other : {"Basic abc", "abc", "Bearer", "Bearer ", "Bearerabc", ""}) {
    EXPECT_EQ(read_key(with({{"Authorization", other}})).error().kind, ErrorKind::bad_request) << other;
  }
}

TEST(UploadHeaders, TheTypeRefusesOnlyWhatSaysItIsSomethingElse) {
  const std::pair<Headers, bool> table[] = {
      {{}, true},
      {{{"Content-Type", "image/jpeg"}}, true},
      {{{"Content-Type", "IMAGE/JPG; charset=binary"}}, true},
      {{{"Content-Type", ""}}, true},
      {{{"Content-Type", "application/octet-stream"}}, true},
      {{{"Content-Type", "application/x-www-form-urlencoded"}}, true},
      {{{"Content-Type", "application/jpg"}}, true},
      {{{"Content-Type", "application/json"}}, false},
      {{{"Content-Type", "text/plain"}}, false},
      {{{"Content-Type", "multipart/form-data; boundary=x"}}, false},
  };
  BodyOfLength body(100);
  for (const auto& [headers, fine] : table) {
    Request request = with(headers);
    request.body = &body;
    const auto checked = check_body(request);
    EXPECT_EQ(checked.has_value(), fine) << (headers.empty() ? "none" : headers[0].second);
    if (!checked) {
      EXPECT_EQ(checked.error().kind, ErrorKind::unsupported);
    }
  }
}

TEST(UploadHeaders, ABodyIsNeeded) {
  BodyOfLength nothing(0);
  BodyOfLength chunked(std::nullopt);
  Request request;
  request.body = &nothing;
  EXPECT_EQ(check_body(request).error().kind, ErrorKind::bad_request);
  request.body = &chunked;
  EXPECT_TRUE(check_body(request));
}

const Headers device_headers{{"Heliograph-Boot", "b-1"},
                             {"Heliograph-Sequence", "42"},
                             {"Heliograph-Captured-At", "1795273262123"},
                             {"Heliograph-Telemetry", "battery_mv=3912, rssi_dbm=-71"}};

TEST(UploadHeaders, ADeviceTellsWhatItSends) {
  const auto upload = read_device_headers(with(device_headers));
  ASSERT_TRUE(upload) << upload.error().detail;
  EXPECT_EQ(upload->sender, (catalog::SenderName{"b-1", 42}));
  EXPECT_EQ(upload->captured_at, from_ms(1795273262123));
  EXPECT_EQ(upload->telemetry->battery_mv, 3912);
  EXPECT_EQ(upload->telemetry->rssi_dbm, -71);
}

TEST(UploadHeaders, TimeAndTelemetryMayBeMissing) {
  const auto upload = read_device_headers(with({device_headers[0], device_headers[1]}));
  ASSERT_TRUE(upload);
  EXPECT_FALSE(upload->captured_at || upload->telemetry);
}

TEST(UploadHeaders, MistakesNameTheHeader) {
  const std::pair<std::size_t, const char*> table[] = {
      {0, ""},
      {0, "a b"},
      {0, "0123456789012345678901234567890123456"},
      {1, "-1"},
      {1, "x"},
      {1, "9007199254740992"},
      {1, ""},
      {2, "0"},
      {2, "4102444800001"},
      {2, "now"},
      {3, "battery_mv=full"},
  };
  for (const auto& [which, value] : table) {
    Headers headers = device_headers;
    headers[which].second = value;
    const auto upload = read_device_headers(with(headers));
    ASSERT_FALSE(upload) << headers[which].first << ": " << value;
    EXPECT_EQ(upload.error().kind, ErrorKind::bad_request);
    EXPECT_THAT(upload.error().detail, HasSubstr(headers[which].first));
  }
  for (const std::size_t missing : {0U, 1U}) {
    Headers headers = device_headers;
    headers.erase(headers.begin() + static_cast<std::ptrdiff_t>(missing));
    EXPECT_FALSE(read_device_headers(with(headers)));
  }
}

TEST(UploadHeaders, JsonIsForWhoAsks) {
  EXPECT_TRUE(wants_json(with({{"Accept", "text/plain, Application/JSON;q=0.5"}})));
  EXPECT_FALSE(wants_json(with({{"Accept", "*/*"}})));
  EXPECT_FALSE(wants_json(with({})));
}

}  // namespace
}  // namespace heliograph::http
