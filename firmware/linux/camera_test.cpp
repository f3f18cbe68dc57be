// The core on this machine's clock, files and sockets, against a server that misbehaves.
#include "firmware/core/agent.hpp"
#include "firmware/core/platform/fake_board.hpp"
#include "firmware/core/platform/fake_log.hpp"
#include "firmware/core/platform/fake_random.hpp"
#include "firmware/linux/directory_storage.hpp"
#include "firmware/linux/folder_source.hpp"
#include "firmware/linux/loopback_server.hpp"
#include "firmware/linux/network_stream.hpp"
#include "firmware/linux/openssl_crypto.hpp"
#include "firmware/linux/posix_clock.hpp"
#include "tests/support/temporary_directory.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using Reply = LoopbackServer::Reply;
using Request = LoopbackServer::Request;

std::string picture(std::size_t size, char fill) {
  return "\xFF\xD8" + std::string(size, fill) + "\xFF\xD9";
}

// A folder of pictures, a spool, and one run of a camera after another. Chance draws zero: it tries again at
// once.
struct Camera {
  bool run(const LoopbackServer& server, FolderMode mode = FolderMode::import, bool tls = false,
           const std::string& ca_file = "") {
    log.lines.clear();
    const std::string host = tls ? "localhost" : "127.0.0.1";
    TlsContext context(ca_file);
    NetworkStream stream(clock, context, -1);
    FolderSource source(pictures.path(), mode);
    DirectoryStorage storage(spool.path());
    AgentConfig config;
    config.server = {host, server.port(), tls, "", "the-key"};
    config.schedule = schedule;
    config.max_spool_bytes = 100'000'000;
    std::vector<std::uint8_t> slab(4'000'000);
    FakeBoard board;
    Traffic traffic;
    Agent agent({clock, random, stream, source, storage, log, crypto, board, traffic}, config,
                {slab.data(), slab.size()});
    return agent.run();
  }

  std::size_t files(const char* area) const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(spool.path() / area))
      ++count;
    return count;
  }

  Camera() { schedule.interval_ms = 0; }

  TemporaryDirectory pictures;
  TemporaryDirectory spool;
  PosixClock clock;
  FakeRandom random;
  OpenSslCrypto crypto;
  FakeLog log;
  PlannerConfig schedule;
};

TEST(Camera, SendsAFolderOverOneConnection) {
  Camera camera;
  camera.pictures.write("a.jpg", picture(200'000, 'a'));
  camera.pictures.write("b.jpg", picture(10, 'b'));
  LoopbackServer server;
  EXPECT_TRUE(camera.run(server));
  EXPECT_EQ(server.pictures().size(), 2U);
  EXPECT_EQ(server.connections(), 1);
  EXPECT_EQ(server.requests().at(0).body, picture(200'000, 'a'));
  EXPECT_EQ(server.requests().at(0).header("Authorization"), "Bearer the-key");
  EXPECT_EQ(camera.files("waiting"), 0U);
}

TEST(Camera, StoresARepeatOnceAndSetsNoiseAside) {
  Camera camera;
  camera.pictures.write("1.jpg", picture(1'000, 'a'));
  camera.pictures.write("2.jpg", picture(1'000, 'a'));
  camera.pictures.write("3.jpg", "noise from the sensor");
  camera.pictures.write("4.jpg", picture(1'000, 'b') + std::string(2'000, '\0'));
  LoopbackServer server;
  camera.run(server);
  EXPECT_EQ(server.pictures().size(), 2U);
  EXPECT_THAT(camera.log.lines, Contains("sent 0 duplicate"));
  EXPECT_THAT(camera.log.lines, Contains("refused 0 422: the picture does not start with FF D8"));
  EXPECT_EQ(camera.files("refused"), 2U) << "the picture and the reason";
}

TEST(Camera, SendsTheSameFolderAgainAsRepeats) {
  Camera camera;
  camera.pictures.write("1.jpg", picture(1'000, 'a'));
  LoopbackServer server;
  camera.run(server);
  camera.run(server);
  EXPECT_EQ(server.requests().size(), 2U);
  EXPECT_EQ(server.pictures().size(), 1U);
}

TEST(Camera, GetsOverAConnectionThatIsCutAtAnyByte) {
  const std::string content = picture(9'000, 'a');
  for (const std::size_t cut : {1UL, 20UL, 200UL, 400UL, 4'096UL, 9'000UL}) {
    Camera camera;
    camera.pictures.write("a.jpg", content);
    LoopbackServer server({}, nullptr,
                          [cut](int number) { return LoopbackServer::Cut{number < 3 ? cut : SIZE_MAX, ""}; });
    EXPECT_TRUE(camera.run(server));
    EXPECT_EQ(server.connections(), 4) << "cut after " << cut;
    EXPECT_EQ(server.pictures().size(), 1U);
  }
}

TEST(Camera, SendsOnePictureOnceWhenTheAnswerIsLost) {
  Camera camera;
  camera.pictures.write("a.jpg", picture(9'000, 'a'));
  LoopbackServer* storing = nullptr;
  LoopbackServer server([&storing](const Request& request, int number) {
    Reply reply = storing->store(request);
    if (number == 0) reply = {"", true};
    return reply;
  });
  storing = &server;
  camera.run(server);
  EXPECT_EQ(server.requests().size(), 2U);
  EXPECT_EQ(server.pictures().size(), 1U);
  EXPECT_THAT(camera.log.lines, Contains("sent 0 duplicate"));
}

TEST(Camera, NoticesSilentlyThatAKeptConnectionDied) {
  Camera camera;
  for (const char* name : {"a.jpg", "b.jpg", "c.jpg"}) camera.pictures.write(name, picture(100'000, *name));
  LoopbackServer* storing = nullptr;
  LoopbackServer server([&storing](const Request& request, int) {
    Reply reply = storing->store(request);
    reply.hang_up = true;  // without having said "Connection: close"
    return reply;
  });
  storing = &server;
  camera.run(server);
  EXPECT_EQ(server.pictures().size(), 3U);
  EXPECT_THAT(camera.log.lines, ElementsAre("recovered 0 lost 0", "captured 0", "sent 0", "captured 0",
                                            "sent 0", "captured 0", "sent 0"));
}

TEST(Camera, WaitsAsLongAsTheServerAsks) {
  Camera camera;
  camera.pictures.write("a.jpg", picture(100, 'a'));
  LoopbackServer* storing = nullptr;
  LoopbackServer server([&storing](const Request& request, int number) {
    if (number == 0)
      return Reply{response("503 Service Unavailable", R"({"detail":"busy"})", "Retry-After: 1\r\n")};
    return storing->store(request);
  });
  storing = &server;
  const std::int64_t begun_ms = camera.clock.mono_ms();
  camera.run(server);
  EXPECT_GE(camera.clock.mono_ms() - begun_ms, 1'000);
  EXPECT_THAT(camera.log.lines, Contains("postponed 0 503: busy"));
  EXPECT_EQ(server.pictures().size(), 1U);
}

TEST(Camera, KeepsEverythingWhileItsKeyIsWrong) {
  Camera camera;
  camera.schedule.patience_ms = 0;
  camera.schedule.count = 1;
  camera.pictures.write("a.jpg", picture(100, 'a'));
  LoopbackServer server(
      [](const Request&, int) { return Reply{response("401 Unauthorized", R"({"detail":"unknown key"})")}; });
  camera.run(server);
  EXPECT_EQ(camera.files("waiting"), 1U);

  LoopbackServer right;
  camera.schedule.patience_ms.reset();
  camera.run(right);
  EXPECT_EQ(right.pictures().size(), 1U);
  EXPECT_EQ(right.requests().size(), 2U) << "the one that waited, and the folder again: a repeat";
}

TEST(Camera, ReadsARefusalThatComesBeforeItsPictureIsSent) {
  Camera camera;
  camera.pictures.write("a.jpg", std::string(3'500'000, 'n'));
  // It says no after the first bytes and hangs up with the rest unread, which resets the connection.
  LoopbackServer server({}, nullptr, [](int) {
    return LoopbackServer::Cut{5'000, response("422 Unprocessable Entity", R"({"detail":"no JPEG"})")};
  });
  camera.run(server);
  EXPECT_THAT(camera.log.lines, Contains("refused 0 422: no JPEG"));
  EXPECT_EQ(server.connections(), 1);
}

TEST(Camera, SpeaksTls) {
  const TestCertificate certificate;
  TemporaryDirectory place;
  Camera camera;
  camera.pictures.write("a.jpg", picture(250'000, 'a'));
  camera.pictures.write("b.jpg", picture(250'000, 'b'));
  LoopbackServer server({}, &certificate);
  camera.run(server, FolderMode::import, true, place.write("ca.pem", certificate.pem).string());
  EXPECT_EQ(server.pictures().size(), 2U);
  EXPECT_EQ(server.connections(), 1);
}

TEST(Camera, SendsNothingToAServerThatCannotProveItsName) {
  const TestCertificate certificate;
  Camera camera;
  camera.schedule.patience_ms = 0;
  camera.schedule.count = 1;
  camera.pictures.write("a.jpg", picture(100, 'a'));
  LoopbackServer server({}, &certificate);
  camera.run(server, FolderMode::import, true);
  EXPECT_TRUE(server.requests().empty());
  EXPECT_EQ(camera.files("waiting"), 1U);
}

}  // namespace
}  // namespace heliograph::firmware
