#include "firmware/core/resumable_upload.hpp"

#include "firmware/core/agent_orders_fixture.hpp"
#include "firmware/core/fake_server.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using ::testing::HasSubstr;

// An upload of three pieces and a bit, and a server whose answers a test writes.
class ResumableUploads : public testing::Test {
 protected:
  static constexpr std::size_t size = 3 * upload_piece + 100;

  ResumableUploads() { upload_.begin("boot", 7, size); }

  std::optional<Answer> answer(const std::string& head, const std::string& body = "{}") {
    HttpResponse response;
    response.clear();
    const std::string text =
        "HTTP/1.1 " + head + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    response.feed(text.data(), text.size());
    return upload_.took(ExchangeStatus::answered, response, "");
  }
  std::optional<Answer> created(std::size_t offset) {
    return answer("201 Created\r\nLocation: /proxy/device/v1/uploads/u1\r\nUpload-Offset: " +
                  std::to_string(offset));
  }
  std::optional<Answer> patched(std::size_t offset) {
    return answer("204 No Content\r\nUpload-Offset: " + std::to_string(offset));
  }
  std::optional<Answer> lost() {
    const HttpResponse none;
    return upload_.took(ExchangeStatus::lost, none, "");
  }
  // "POST 0 65536"
  std::string next() const {
    const auto step = upload_.next();
    return std::string(step.creates ? "POST " : "PATCH ") + std::to_string(step.offset) + " " +
           std::to_string(step.size);
  }
  std::string head() const {
    Record record;
    record.boot = "boot";
    record.sequence = 7;
    RequestHead head;
    upload_.write_head({"cameras.example", 443, true, "/base", "k"}, {record, 1'795'359'662'000}, "Bearer k",
                       head);
    return std::string(head.view());
  }

  ResumableUpload upload_;
};

TEST_F(ResumableUploads, GoPieceByPiece) {
  EXPECT_EQ(next(), "POST 0 65536");
  EXPECT_EQ(head(),
            "POST /base/device/v1/uploads HTTP/1.1\r\nHost: cameras.example\r\nUser-Agent: heliograph-cam\r\n"
            "Authorization: Bearer k\r\nTus-Resumable: 1.0.0\r\nUpload-Length: 196708\r\n"
            "Heliograph-Boot: boot\r\nHeliograph-Sequence: 7\r\nHeliograph-Captured-At: 1795359662000\r\n"
            "Content-Type: application/offset+octet-stream\r\nContent-Length: 65536\r\n\r\n");
  EXPECT_FALSE(created(65'536));
  EXPECT_EQ(next(), "PATCH 65536 65536");
  EXPECT_FALSE(patched(131'072));
  EXPECT_FALSE(patched(196'608));
  EXPECT_EQ(next(), "PATCH 196608 100");
  EXPECT_EQ(
      head(),
      "PATCH /base/device/v1/uploads/u1 HTTP/1.1\r\nHost: cameras.example\r\nUser-Agent: heliograph-cam\r\n"
      "Authorization: Bearer k\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 196608\r\n"
      "Content-Type: application/offset+octet-stream\r\nContent-Length: 100\r\n\r\n");
  const auto stored = answer("204 No Content\r\nUpload-Offset: 196708\r\nHeliograph-Image: 06fk2r8m0q3zt");
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->verdict, Verdict::stored);
  EXPECT_EQ(stored->image_id.view(), "06fk2r8m0q3zt");
}

TEST_F(ResumableUploads, AskWhereTheLinkBroke) {
  created(65'536);
  const auto broken = lost();
  ASSERT_TRUE(broken);
  EXPECT_EQ(broken->verdict, Verdict::try_again);
  EXPECT_TRUE(broken->progressed);
  upload_.begin("boot", 7, size);
  EXPECT_EQ(next(), "POST 0 0");
  EXPECT_THAT(head(), HasSubstr("Content-Length: 0\r\n\r\n"));
  EXPECT_FALSE(created(70'000));
  EXPECT_EQ(next(), "PATCH 70000 65536");
  EXPECT_TRUE(lost()->progressed);
  upload_.begin("boot", 7, size);
  EXPECT_FALSE(created(60'000));  // the truth, though it is less than an answer said before
  EXPECT_FALSE(lost()->progressed);
}

TEST_F(ResumableUploads, OfAnotherPictureBeginAnew) {
  created(65'536);
  lost();
  upload_.begin("boot", 8, size);
  EXPECT_EQ(next(), "POST 0 65536");
}

TEST_F(ResumableUploads, TakeTheServersWord) {
  const struct {
    bool patching;
    std::string head;
    Verdict verdict;
  } table[] = {
      {false, "422 Unprocessable", Verdict::refused},
      {false, "409 Conflict", Verdict::refused},  // the name is another picture's
      {false, "404 Not Found", Verdict::needs_owner},
      {false, "423 Locked", Verdict::try_again},
      {false, "401 Unauthorized", Verdict::needs_owner},
      {false, "507 Insufficient Storage", Verdict::try_again},
      {false, "204 No Content\r\nUpload-Offset: 1", Verdict::needs_owner},
      {false, "201 Created\r\nUpload-Offset: 65536", Verdict::needs_owner},  // and where?
      {false, "201 Created\r\nLocation: /u/..\r\nUpload-Offset: 65536", Verdict::needs_owner},
      {false, "201 Created\r\nLocation: /u/u1\r\nUpload-Offset: 99999999", Verdict::needs_owner},
      {false, "200 OK", Verdict::needs_owner},
      {true, "404 Not Found", Verdict::try_again},  // it has expired
      {true, "409 Conflict", Verdict::try_again},   // it goes on elsewhere
      {true, "423 Locked", Verdict::try_again},
      {true, "422 Unprocessable", Verdict::refused},
      {true, "204 No Content", Verdict::needs_owner},
      {true, "204 No Content\r\nUpload-Offset: 65536", Verdict::try_again},  // not a byte more
      {true, "204 No Content\r\nUpload-Offset: 65537", Verdict::try_again},  // or one at a time, for ever
      {true, "503 Busy", Verdict::try_again},
  };
  for (const auto& row : table) {
    upload_ = ResumableUpload();
    upload_.begin("boot", 7, size);
    if (row.patching) created(65'536);
    const auto said = answer(row.head);
    ASSERT_TRUE(said) << row.head;
    EXPECT_EQ(said->verdict, row.verdict) << row.patching << row.head;
    EXPECT_EQ(next(), "POST 0 0") << row.head;
  }
}

// A camera with one picture of a megabyte, and a line that breaks.
struct LargePicture : Camera {
  LargePicture() {
    slab.resize(1'100'000);
    config.max_spool_bytes = 10'000'000;
    source.pictures.push_back("\xFF\xD8" + std::string(size - 4, 'x') + "\xFF\xD9");
    random.value = 1'000;
  }
  void send() {
    Agent agent({clock, random, server, source, card, log, crypto, board, traffic}, config,
                {slab.data(), slab.size()});
    EXPECT_TRUE(agent.run());
    ASSERT_EQ(server.stored.size(), 1U);
    EXPECT_EQ(server.stored[0].size, size);
  }

  static constexpr std::size_t size = 1'000'000;
  FakeServer server{clock};
};

TEST(LargePictures, CutAnywhereCostOnePieceForEachCut) {
  for (const std::size_t cut : {1U, 300U, 500U, 30'000U, 65'900U, 66'000U, 140'000U, 700'000U, 1'004'000U}) {
    LargePicture camera;
    camera.server.cuts = {cut, cut, cut};
    camera.send();
    EXPECT_LE(camera.server.bytes_in, LargePicture::size + 3 * upload_piece) << cut;
    EXPECT_EQ(camera.server.duplicates, 0) << cut;
  }
}

TEST(LargePictures, ArriveOverAThinLineThatBreaksThreeTimes) {
  LargePicture camera;
  camera.server.bytes_per_s = [] { return 25'000; };  // 200 kbit/s
  camera.server.round_trip_ms = 600;
  camera.server.cuts = {123'456, 234'567, 345'678};
  const std::int64_t begun_ms = camera.clock.now_ms;
  camera.send();
  EXPECT_LE(camera.server.bytes_in, LargePicture::size + 3 * upload_piece);
  EXPECT_LT(camera.clock.now_ms - begun_ms, 75'000);  // 40 s of bytes, 16 round trips, three pauses
}

TEST(LargePictures, GoOnWhereTheyWereAfterARestart) {
  LargePicture camera;
  camera.server.cuts = {600'000};
  camera.config.schedule.patience_ms = 0;
  Agent before({camera.clock, camera.random, camera.server, camera.source, camera.card, camera.log,
                camera.crypto, camera.board, camera.traffic},
               camera.config, {camera.slab.data(), camera.slab.size()});
  EXPECT_TRUE(before.run());
  EXPECT_TRUE(camera.server.stored.empty());
  camera.config.schedule.patience_ms.reset();
  camera.config.schedule.first_capture_ms = camera.clock.now_ms + 1'000'000;
  camera.source.ends = true;
  camera.send();
  EXPECT_LE(camera.server.bytes_in, LargePicture::size + 2 * upload_piece);
}

TEST(LargePictures, AreOnePictureWhenTheLastAnswerIsLost) {
  LargePicture camera;
  bool lost = false;
  camera.server.loses_answer = [&lost](const FakeServer::Request& request, int) {
    const bool last = request.header("Upload-Offset") == "983040";
    return last && !std::exchange(lost, true);
  };
  camera.send();
  EXPECT_TRUE(lost);
  EXPECT_EQ(camera.server.duplicates, 1);  // it was asked
  EXPECT_LE(camera.server.bytes_in, LargePicture::size + upload_piece);
}

TEST(LargePictures, TellThatThereAreOrders) {
  Camera camera;
  camera.slab.resize(400'000);
  camera.source.pictures.push_back("\xFF\xD8" + std::string(300'000, 'x') + "\xFF\xD9");
  camera.config.schedule.count = 2;
  const auto piece = [](const std::string& status, const std::string& more) {
    FakeConnection connection;
    connection.replies = {
        {0, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n" + more + "\r\n", 1}};
    return connection;
  };
  camera.stream.script = {
      piece("201 Created", "Location: /device/v1/uploads/u1\r\nUpload-Offset: 65536\r\n")};
  for (int i = 2; i < 5; ++i) {
    camera.stream.script.push_back(
        piece("204 No Content", "Upload-Offset: " + std::to_string(65'536 * i) + "\r\n"));
  }
  camera.stream.script.push_back(
      piece("204 No Content", "Heliograph-Image: 06fk2r8m0q3zt\r\nHeliograph-Orders: {\"command\":…}\r\n"));
  camera.stream.script.push_back(heard(command("identify")));
  camera.stream.script.push_back(heard());
  camera.stream.script.push_back(stored());
  ASSERT_TRUE(camera.run());
  EXPECT_EQ(camera.stream.received.size(), 8U);
  EXPECT_EQ(camera.board.identified_s, 10);
}

}  // namespace
}  // namespace heliograph::firmware
