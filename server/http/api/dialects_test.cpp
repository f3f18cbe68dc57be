#include "server/http/api/dialects.hpp"

#include "server/http/api/picture_finder.hpp"
#include "server/http/api/upload_headers.hpp"

#include <gmock/gmock.h>

namespace heliograph::http {
namespace {

using ::testing::HasSubstr;
using Headers = std::vector<std::pair<std::string, std::string>>;
using Content = Envelope::Content;

class SomeBody final : public Body {
 public:
  Task<Result<std::span<const std::uint8_t>>> next() override { co_return std::span<const std::uint8_t>{}; }
  std::uint64_t received() const override { return 0; }
  std::optional<std::uint64_t> length() const override { return 100; }
};

SomeBody some_body;

// What the session makes of a request, and the dialect that its path leads to.
struct Asked {
  Request request;
  const Dialect* dialect = nullptr;
};

Asked ask(Method method, std::string_view target, Headers headers = {}) {
  std::vector<Route> routes;
  for (const Dialect& dialect : dialects())
    routes.push_back({dialect.method, std::string(dialect.pattern), 1, {}});
  Asked asked;
  Target parsed = parse_target(target).value();
  Match match = match_route(routes, method, parsed.path);
  if (!match.route) {
    ADD_FAILURE() << "no dialect at " << target;
    return asked;
  }
  asked.dialect = &dialects()[static_cast<std::size_t>(match.route - routes.data())];
  asked.request = {method,
                   std::move(parsed.path),
                   std::move(parsed.query),
                   std::move(headers),
                   std::move(match.captures),
                   "",
                   &some_body};
  return asked;
}

Result<Envelope> envelope(Method method, std::string_view target, Headers headers = {}) {
  const Asked asked = ask(method, target, std::move(headers));
  return read_envelope(*asked.dialect, asked.request);
}

const std::pair<std::string, std::string> form_type{"Content-Type", "multipart/form-data; boundary=b"};
const std::pair<std::string, std::string> jpeg_type{"Content-Type", "image/jpg"};
const std::pair<std::string, std::string> json_type{"Content-Type", "application/json"};

TEST(Dialects, TheKeyIsWhereTheDialectHasIt) {
  const struct {
    Method method;
    const char* target;
    Headers headers;
    const char* key;
  } rows[] = {
      {Method::post, "/upload", {{"Authorization", "Bearer k"}}, "k"},
      {Method::post, "/upload", {{"X-API-Key", "k"}}, "k"},
      {Method::put, "/upload?key=k", {}, "k"},
      {Method::put, "/upload?timestamp=0", {{"APIKEY", " k "}}, "k"},
      {Method::post, "/upload/Trap%207?key=k", {}, "k"},
      {Method::post, "/upload.php", {{"X-API-Key", "k"}}, "k"},
      {Method::post, "/u/k/upload.php", {}, "k"},
      {Method::put, "/u/k/anything.jpg", {{"APIKEY", ""}}, "k"},
      {Method::put, "https://host/c/snapshot", {{"Token", "k"}, {"Fingerprint", "f"}}, "k"},
      {Method::put, "/c/info", {{"token", "k"}, json_type}, "k"},
      {Method::post, "/api/v1/octo/pic/", {{"Authorization", "Token k"}, form_type}, "k"},
      {Method::post, "/api/v1/octo/pic/", {{"authorization", "bearer k"}, form_type}, "k"},
      {Method::post, "/api/webhook/k", {form_type}, "k"},
      {Method::post, "/u/k/upload", {{"X-API-Key", "k"}}, "k"},
  };
  for (const auto& row : rows) {
    const auto read = envelope(row.method, row.target, row.headers);
    ASSERT_TRUE(read) << row.target << ": " << read.error().detail;
    EXPECT_EQ(read->key, row.key) << row.target;
  }
  EXPECT_EQ(envelope(Method::post, "/upload").value().key, std::nullopt);
  EXPECT_EQ(envelope(Method::post, "/upload", {{"Token", "k"}}).value().key, std::nullopt)
      << "a printer camera's alone";
}

TEST(Dialects, TwoKeysInOneRequestAreAMistake) {
  for (const char* target : {"/u/a/upload", "/upload?key=a"}) {
    const auto read = envelope(Method::post, target, {{"X-API-Key", "b"}});
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::bad_request);
    EXPECT_THAT(read.error().detail, HasSubstr("two different keys"));
  }
}

TEST(Dialects, TheTypeSaysWhatTheBodyIs) {
  const struct {
    Method method;
    const char* target;
    Headers headers;
    Content content;
  } rows[] = {
      {Method::post, "/upload", {jpeg_type}, Content::picture},
      {Method::post, "/upload", {form_type}, Content::form},
      {Method::post, "/upload", {{"Content-Type", "\"multipart/form-data; boundary=b\""}}, Content::form},
      {Method::put, "/c/snapshot", {{"Content-Type", "application/jpg"}}, Content::picture},
      {Method::put, "/c/info", {json_type}, Content::note},
      {Method::post, "/upload", {json_type, {"APIKEY", "k"}}, Content::note},
      {Method::post, "/u/k/upload", {json_type, {"APIKEY", "k"}}, Content::note},
      {Method::post, "/api/webhook/k", {jpeg_type}, Content::picture},
  };
  for (const auto& row : rows) {
    const auto read = envelope(row.method, row.target, row.headers);
    ASSERT_TRUE(read) << row.target << ": " << read.error().detail;
    EXPECT_EQ(read->content, row.content) << row.target;
    EXPECT_EQ(read->boundary, row.content == Content::form ? "b" : "");
  }
  const std::pair<std::string_view, Headers> refused[] = {
      {"/upload", {json_type}},
      {"/upload", {json_type, {"X-API-Key", "k"}}},
      {"/upload.php", {json_type, {"APIKEY", "k"}}},
      {"/upload", {{"Content-Type", "multipart/mixed; boundary=b"}}},
  };
  for (const auto& [target, headers] : refused) {
    EXPECT_EQ(envelope(Method::post, target, headers).error().kind, ErrorKind::unsupported) << target;
  }
  EXPECT_EQ(envelope(Method::post, "/upload", {{"Content-Type", "multipart/form-data"}}).error().kind,
            ErrorKind::bad_request);
}

TEST(Dialects, TheCameraMayBeNamed) {
  EXPECT_EQ(envelope(Method::post, "/upload/Trap%207").value().camera_name, "Trap 7");
  EXPECT_EQ(envelope(Method::post, "/upload?device_id=Trap+7").value().camera_name, "Trap 7");
  EXPECT_EQ(envelope(Method::post, "/upload?trap_id=1").value().camera_name, "1");
  EXPECT_EQ(envelope(Method::post, "/u/k/upload?camera=c").value().camera_name, "c");
  EXPECT_EQ(envelope(Method::post, "/upload", {{"X-Device-Id", " d "}}).value().camera_name, "d");
  EXPECT_EQ(envelope(Method::post, "/u/k/upload").value().camera_name, std::nullopt);
}

TEST(Dialects, ATimestampIsSecondsOrNothing) {
  EXPECT_EQ(envelope(Method::put, "/upload?timestamp=1795348800").value().captured_at,
            from_ms(1795348800000));
  for (const char* clockless : {"0", "", "x", "-1", "4102444801", "9223372036854775807", "1577836799"}) {
    EXPECT_EQ(envelope(Method::put, "/upload?timestamp=" + std::string(clockless)).value().captured_at,
              std::nullopt)
        << clockless;
  }
}

// A finder that has read `form` to its end.
struct Read {
  explicit Read(const std::string& form) : finder("b") {
    std::span<const std::uint8_t> input(reinterpret_cast<const std::uint8_t*>(form.data()), form.size());
    for (auto step = finder.next(input);
         step && step->event != PictureFinder::Event::starved && step->event != PictureFinder::Event::end;) {
      step = finder.next(input);
    }
  }
  PictureFinder finder;
};

std::string field(const std::string& name, const std::string& value) {
  return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
}

TEST(Dialects, AFormMayHoldKeyAndName) {
  const std::pair<const char*, std::optional<std::string>> keys[] = {
      {R"({"pathname":"/20260401","passcode":"k"})", "k"},
      {R"({"pathname":"/20260401"})", std::nullopt},
      {R"({"passcode":""})", std::nullopt},
      {R"({"passcode":7})", std::nullopt},
      {R"(["passcode"])", std::nullopt},
      {R"({"passcode":"k")", std::nullopt},
      {"", std::nullopt},
  };
  for (const auto& [json, key] : keys)
    EXPECT_EQ(key_in_form(Read(field("json", json) + "--b--").finder), key) << json;
  EXPECT_EQ(key_in_form(Read("--b--").finder), std::nullopt);
  EXPECT_EQ(camera_name_in_form(Read(field("trap_id", " Trap_07 ") + "--b--").finder), "Trap_07");
  EXPECT_EQ(camera_name_in_form(Read(field("other", "x") + "--b--").finder), std::nullopt);
}

TEST(Dialects, TheKeyDecidesAndTheNameOfAnotherCameraIsRefused) {
  const catalog::Camera orchard{CameraId{1}, "Orchard", "orchard", from_ms(0)};
  const catalog::Camera meadow{CameraId{2}, "Meadow", "meadow", from_ms(0)};
  EXPECT_TRUE(check_named(std::nullopt, orchard, true));
  EXPECT_TRUE(check_named(std::nullopt, orchard, false));
  EXPECT_TRUE(check_named(orchard, orchard, true));
  EXPECT_TRUE(check_named(orchard, orchard, false)) << "the anonymous camera's own name";
  EXPECT_EQ(check_named(meadow, orchard, true).error().kind, ErrorKind::conflict);
  EXPECT_EQ(check_named(meadow, orchard, false).error().kind, ErrorKind::unauthorized);
}

TEST(Dialects, ALostLastBlockIsSeenAtOnce) {
  constexpr std::uint32_t block = 2048;
  EXPECT_TRUE(lost_last_block(block, 3 * block, 2 * block + 4, "x\r\n\r\n"));
  EXPECT_TRUE(lost_last_block(block, block, 4, "\r\n\r\n"));
  EXPECT_TRUE(lost_last_block(block, 100 + block, 104, "\r\n\r\n")) << "EXIF data goes before the blocks";
  EXPECT_FALSE(lost_last_block(0, 3 * block, 2 * block + 4, "\r\n\r\n")) << "another firmware";
  EXPECT_FALSE(lost_last_block(block, 3 * block, 2 * block + 3, "x\r\n\r"));
  EXPECT_FALSE(lost_last_block(block, 3 * block, 2 * block + 4, "\xFF\xD8\xFF\xE0"));
  EXPECT_FALSE(lost_last_block(block, 3 * block, block + 4, "\r\n\r\n")) << "more may come";
  EXPECT_FALSE(lost_last_block(block, block - 1, 3, "\r\n\r\n"));
  EXPECT_FALSE(lost_last_block(block, std::nullopt, 4, "\r\n\r\n"));
}

std::string answer(Method method, const char* target, Headers headers, const std::string& form) {
  const Asked asked = ask(method, target, std::move(headers));
  const ingest::Receipt receipt{ImageId{1}, from_ms(0), false};
  const Response response =
      upload_answer(*asked.dialect, wants_json(asked.request), Read(form).finder, receipt, 42);
  EXPECT_EQ(response.status, 200);
  return std::get<std::string>(response.body);
}

TEST(Dialects, TheAnswerIsTheOneTheSenderKnows) {
  EXPECT_EQ(answer(Method::post, "/upload", {}, ""), "OK");
  EXPECT_EQ(answer(Method::put, "/c/snapshot", {}, ""), "OK");
  EXPECT_EQ(answer(Method::post, "/api/v1/octo/pic/", {}, ""), R"({"result":"ok"})");
  EXPECT_EQ(answer(Method::post, "/upload.php", {}, field("trap_id", "7") + "--b--"),
            R"({"status":"success","filename":"19700101T000000.000Z-0000000000001.jpg","size":42})");
  EXPECT_EQ(
      answer(Method::post, "/upload", {{"Accept", "application/json"}}, ""),
      R"({"id":"0000000000001","filename":"19700101T000000.000Z-0000000000001.jpg","duplicate":false})");
}

}  // namespace
}  // namespace heliograph::http
