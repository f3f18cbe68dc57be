#include "server/http/api/tus_exchange.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using testing::HasSubstr;
using Headers = std::vector<std::pair<std::string, std::string>>;

class BodyOfLength final : public Body {
 public:
  explicit BodyOfLength(std::optional<std::uint64_t> length) : length_(length) {}
  Task<Result<std::span<const std::uint8_t>>> next() override { co_return std::span<const std::uint8_t>{}; }
  std::uint64_t received() const override { return 0; }
  std::optional<std::uint64_t> length() const override { return length_; }

 private:
  std::optional<std::uint64_t> length_;
};

// boot = b-1, sequence = 42, captured_at = 1795273262123, telemetry = battery_mv=3912, filename = x.jpg
constexpr const char* metadata =
    "filename eC5qcGc=,boot Yi0x,sequence NDI=,captured_at MTc5NTI3MzI2MjEyMw==,"
    "telemetry YmF0dGVyeV9tdj0zOTEy";

Result<Creation> creation_of(Headers headers, std::optional<std::uint64_t> body = 0) {
  BodyOfLength bytes(body);
  Request request;
  request.headers = std::move(headers);
  request.body = &bytes;
  return read_creation(request, 1000);
}

std::optional<std::string> header(const Response& response, std::string_view name) {
  const auto found = std::ranges::find(response.headers, name, &Headers::value_type::first);
  return found == response.headers.end() ? std::nullopt : std::optional(found->second);
}

TEST(TusExchange, ThePictureIsDescribedInEitherWay) {
  for (const Headers& headers :
       {Headers{{"Upload-Length", "1000"}, {"Upload-Metadata", metadata}},
        Headers{{"Upload-Length", "1000"},
                {"Heliograph-Boot", "b-1"},
                {"Heliograph-Sequence", "42"},
                {"Heliograph-Captured-At", "1795273262123"},
                {"Heliograph-Telemetry", "battery_mv=3912"}},
        Headers{{"Upload-Length", "1000"}, {"Heliograph-Boot", "b-1"}, {"Upload-Metadata", metadata}}}) {
    const auto creation = creation_of(headers);
    ASSERT_TRUE(creation) << creation.error().detail;
    EXPECT_EQ(creation->size_bytes, 1000U);
    EXPECT_EQ(creation->upload.sender, (catalog::SenderName{"b-1", 42}));
    EXPECT_EQ(creation->upload.captured_at, from_ms(1795273262123));
    EXPECT_EQ(creation->upload.telemetry->battery_mv, 3912);
    EXPECT_FALSE(creation->checksum);
  }
}

TEST(TusExchange, ACreationThatCannotBeIsExplained) {
  const std::pair<std::string, std::string> piece{"Content-Type", "application/offset+octet-stream"};
  const struct {
    Headers headers;
    std::optional<std::uint64_t> body;
    ErrorKind kind;
    const char* names;
  } table[] = {
      {{}, 0, ErrorKind::bad_request, "Upload-Length"},
      {{{"Upload-Length", "0"}}, 0, ErrorKind::bad_request, "Upload-Length"},
      {{{"Upload-Length", "-1"}}, 0, ErrorKind::bad_request, "Upload-Length"},
      {{{"Upload-Defer-Length", "1"}}, 0, ErrorKind::bad_request, "Upload-Length"},
      {{{"Upload-Length", "1001"}}, 0, ErrorKind::too_large, "1000"},
      {{{"Upload-Length", "10"}}, 0, ErrorKind::bad_request, "Heliograph-Boot"},
      {{{"Upload-Length", "10"}, {"Upload-Metadata", "boot"}}, 0, ErrorKind::bad_request, "Heliograph-Boot"},
      {{{"Upload-Length", "10"}, {"Upload-Metadata", ","}}, 0, ErrorKind::bad_request, "Upload-Metadata"},
      {{{"Upload-Length", "10"}, {"Upload-Metadata", metadata}}, 5, ErrorKind::unsupported, "offset+octet"},
      {{{"Upload-Length", "10"}, {"Upload-Metadata", metadata}, piece}, 11, ErrorKind::too_large, "body"},
      {{{"Upload-Length", "10"}, {"Upload-Metadata", metadata}, {"Upload-Checksum", "crc32 AAAA"}},
       0,
       ErrorKind::bad_request,
       "sha1"},
  };
  for (const auto& row : table) {
    const auto creation = creation_of(row.headers, row.body);
    ASSERT_FALSE(creation) << row.names;
    EXPECT_EQ(creation.error().kind, row.kind) << creation.error().detail;
    EXPECT_THAT(creation.error().detail, HasSubstr(row.names));
  }
}

TEST(TusExchange, AChecksumIsOfTheBytes) {
  auto creation = creation_of({{"Upload-Length", "10"},
                               {"Upload-Metadata", metadata},
                               {"Upload-Checksum", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="}});
  ASSERT_TRUE(creation && creation->checksum);
  for (const std::string_view piece : {"hello ", "world"}) {
    creation->checksum->update({reinterpret_cast<const std::uint8_t*>(piece.data()), piece.size()});
  }
  EXPECT_TRUE(creation->checksum->matches());
  auto other = RunningChecksum::begin({"sha256", "too short"});
  EXPECT_FALSE(other->matches());
}

TEST(TusExchange, APieceSaysWhereItBelongs) {
  Request request;
  EXPECT_EQ(read_addition(request).error().kind, ErrorKind::unsupported);
  request.headers = {{"Content-Type", "application/offset+octet-stream"}};
  EXPECT_EQ(read_addition(request).error().kind, ErrorKind::bad_request);
  request.headers.emplace_back("Upload-Offset", "70");
  EXPECT_EQ(read_addition(request)->offset, 70U);
}

TEST(TusExchange, OnlyOneVersionIsSpoken) {
  Request request;
  EXPECT_EQ(header(*refuse_version(request), "Tus-Version"), "1.0.0");
  request.headers = {{"Tus-Resumable", "0.2.2"}};
  EXPECT_EQ(refuse_version(request)->status, 412);
  request.headers = {{"tus-resumable", "1.0.0"}};
  EXPECT_FALSE(refuse_version(request));
}

TEST(TusExchange, PostMayStandForOthers) {
  Request request;
  EXPECT_FALSE(overridden_method(request));
  request.headers = {{"X-HTTP-Method-Override", "PATCH"}};
  EXPECT_EQ(overridden_method(request).value(), Method::patch);
  request.headers = {{"X-HTTP-Method-Override", "PUT"}};
  EXPECT_FALSE(overridden_method(request));
}

TEST(TusExchange, OnlyAnImageIsCalledOne) {
  const UploadState open{UploadId{1}, 5, 10, from_ms(1795273262123), {}};
  UploadState done = open;
  done.receipt = ingest::Receipt{ImageId{2}, from_ms(0), true};
  EXPECT_EQ(header(upload_advanced(open, from_ms(7)), "Heliograph-Image"), std::nullopt);
  EXPECT_EQ(header(upload_advanced(done, from_ms(7)), "Heliograph-Image"), "0000000000002");
  EXPECT_EQ(header(upload_advanced(done, from_ms(7)), "Heliograph-Orders"), std::nullopt);
  EXPECT_EQ(header(upload_status(done), "Heliograph-Image"), "0000000000002");
  const Response created = upload_created(open, from_ms(7));
  EXPECT_EQ(std::get<std::string>(created.body), R"({"server_time":7})");
  EXPECT_EQ(header(created, "Location"), "/device/v1/uploads/0000000000001");
  EXPECT_EQ(header(created, "Upload-Offset"), "5");
  EXPECT_EQ(header(created, "Upload-Expires"), to_http_date(*open.expires_at));
  EXPECT_THAT(std::get<std::string>(upload_created(done, from_ms(7)).body),
              HasSubstr(R"("id":"0000000000002")"));
}

TEST(TusExchange, OrdersStandInTheBodyOrWhereThereIsNone) {
  UploadState done{UploadId{1}, 10, 10, {}, ingest::Receipt{ImageId{2}, from_ms(0), false}};
  cameras::NextOrders orders;
  orders.settings = catalog::CameraSettings{};
  orders.settings->version = 3;
  orders.settings->wanted = R"({"interval_s":60})";
  done.orders = std::make_shared<const cameras::NextOrders>(orders);
  const std::string told = R"({"settings":{"version":3,"values":{"interval_s":60}}})";
  EXPECT_EQ(header(upload_advanced(done, from_ms(7)), "Heliograph-Orders"), told);
  EXPECT_THAT(std::get<std::string>(upload_created(done, from_ms(7)).body), HasSubstr("\"orders\":" + told));
  EXPECT_EQ(header(upload_created(done, from_ms(7)), "Heliograph-Orders"), std::nullopt);
}

}  // namespace
}  // namespace heliograph::http
