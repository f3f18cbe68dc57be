#include "firmware/core/updater.hpp"

#include "firmware/core/platform/fake_crypto.hpp"
#include "firmware/core/platform/fake_image_slots.hpp"
#include "protocol/manifest_vector.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using protocol::vector_image;
using protocol::vector_manifest;
using testing::HasSubstr;
using testing::Not;
using Kind = UpdateStep::Kind;

protocol::Manifest vector() {
  protocol::Manifest manifest;
  EXPECT_TRUE(protocol::read_manifest(vector_manifest, manifest));
  return manifest;
}

UpdateConfig config_of(std::string_view version, std::uint32_t security = 1) {
  UpdateConfig config;
  config.model = "t-sim7600-mega";
  config.version = version;
  config.security = security;
  config.keys[0] = vector().key;
  config.key_count = 1;
  return config;
}

TEST(JudgeManifest, TakesWhatIsNewerForThisModel) {
  struct Row {
    const char* version;
    std::uint32_t own;
    std::uint32_t confirmed;
    bool downgrade;
    const char* refusal;
  };
  const Row rows[] = {
      {"1.20.2", 1, 0, false, ""},
      {"1.20.3", 1, 0, false, "it is 1.20.3, and 1.20.3 runs; going back is not allowed by it"},
      {"2.0.0", 1, 0, false, "it is 1.20.3, and 2.0.0 runs; going back is not allowed by it"},
      {"2.0.0", 1, 0, true, ""},
      {"2.0.0", 4, 4, true, ""},
      {"2.0.0", 1, 5, true, "its security number is 4, and this camera is at 5"},
      {"1.0.0", 5, 1, false, "its security number is 4, and this camera is at 5"},
      {"made by hand", 1, 0, false, ""},  // there is nothing to compare
  };
  for (const Row& row : rows) {
    protocol::Manifest manifest = vector();
    manifest.downgrade = row.downgrade;
    EXPECT_EQ(judge_manifest(manifest, config_of(row.version, row.own), row.confirmed).view(), row.refusal)
        << row.version;
  }
  protocol::Manifest other = vector();
  other.model = "esp32-cam";
  EXPECT_EQ(judge_manifest(other, config_of("1.0.0"), 0).view(), "it is for esp32-cam");
}

// One camera's updater, and a server whose answers a test writes.
class UpdaterTest : public testing::Test {
 protected:
  UpdaterTest() {
    slots_.digest = vector().sha256;
    restart("1.0.0");
  }

  void restart(std::string_view version, std::string_view release = {}) {
    updater_.emplace(slots_, crypto_, config_of(version));
    recovered_ = updater_->recover(release, 0, 1'000);
  }

  std::string request() {
    RequestHead head;
    Server server;
    server.host = "cameras.example";
    server.key = "the-key";
    updater_->write_request(server, "Bearer the-key", head);
    return std::string(head.view());
  }

  UpdateStep answer(const std::string& head, std::string_view body, bool cut = false) {
    HttpResponse response;
    response.clear(&*updater_);
    const std::string text = "HTTP/1.1 " + head + "\r\nContent-Length: " + std::to_string(body.size() + cut) +
                             "\r\n\r\n" + std::string(body);
    response.feed(text.data(), text.size());
    if (cut) response.end_of_stream();
    return updater_->took(ExchangeStatus::answered, response, "");
  }
  static std::string part(std::size_t first) {
    return "206 Partial Content\r\nContent-Range: bytes " + std::to_string(first) + "-999999/463";
  }
  // The manifest is asked for and answered.
  UpdateStep begin(std::string_view manifest = vector_manifest) {
    updater_->begin("r1");
    request();
    return answer(part(0), manifest);
  }

  FakeImageSlots slots_;
  FakeCrypto crypto_;
  std::optional<Updater> updater_;
  std::optional<UpdateStep> recovered_;
};

constexpr std::size_t image_at = vector_manifest.size();

TEST_F(UpdaterTest, AsksForTheManifestAndThenForTheImage) {
  updater_->begin("r1");
  EXPECT_TRUE(updater_->wants_piece());
  const std::string first = request();
  EXPECT_THAT(first, HasSubstr("GET /device/v1/firmware/r1 HTTP/1.1\r\nHost: cameras.example\r\n"));
  EXPECT_THAT(first, HasSubstr("Authorization: Bearer the-key\r\nRange: bytes=0-511\r\n\r\n"));
  EXPECT_EQ(answer(part(0), vector_manifest).kind, Kind::fetch);
  EXPECT_EQ(slots_.manifest, vector_manifest);
  EXPECT_THAT(request(), HasSubstr("Range: bytes=" + std::to_string(image_at) + "-" +
                                   std::to_string(image_at + 31) + "\r\nIf-Range: \"b4e88981f1690411b26b"));
  EXPECT_EQ(answer(part(image_at), vector_image).kind, Kind::restart);
  EXPECT_EQ(slots_.image, vector_image);
  EXPECT_TRUE(slots_.tried);
}

TEST_F(UpdaterTest, GoesOnWhereTheLinkBroke) {
  begin();
  request();
  const UpdateStep cut = answer(part(image_at), vector_image.substr(0, 10), true);
  EXPECT_EQ(cut.kind, Kind::fetch);
  EXPECT_EQ(cut.verdict.verdict, Verdict::stored);
  EXPECT_THAT(request(), HasSubstr("Range: bytes=" + std::to_string(image_at + 10) + "-"));
  const UpdateStep nothing = answer(part(image_at + 10), "", true);
  EXPECT_EQ(nothing.verdict.verdict, Verdict::try_again);  // or it would be asked without end
  restart("1.0.0", "r1");                                  // a power cut
  EXPECT_TRUE(updater_->wants_piece());
  request();
  EXPECT_EQ(answer(part(0), vector_manifest).kind, Kind::fetch);
  EXPECT_THAT(request(), HasSubstr("Range: bytes=" + std::to_string(image_at + 10) + "-"));
  EXPECT_EQ(answer(part(image_at + 10), vector_image.substr(10)).kind, Kind::restart);
  EXPECT_EQ(slots_.image, vector_image);
}

TEST_F(UpdaterTest, BeginsAnewWhenTheOtherSlotHoldsAnotherOne) {
  slots_.manifest = "another one";
  slots_.image = "its image";
  begin();
  EXPECT_EQ(slots_.manifest, vector_manifest);
  EXPECT_EQ(slots_.image, "");
}

TEST_F(UpdaterTest, RefusesWhatIsNotSignedBeforeAnythingIsWritten) {
  crypto_.believed = 0x99;
  const UpdateStep step = begin();
  EXPECT_EQ(step.kind, Kind::failed);
  EXPECT_EQ(step.reason.view(), "it is not signed by a key that this camera was given");
  EXPECT_EQ(slots_.manifest, "");
  EXPECT_FALSE(updater_->wants_piece());
}

TEST_F(UpdaterTest, RefusesAKeyThatItWasNotGiven) {
  UpdateConfig config = config_of("1.0.0");
  config.keys[0][0] ^= 1;
  updater_.emplace(slots_, crypto_, config);
  EXPECT_EQ(begin().reason.view(), "it is not signed by a key that this camera was given");
}

TEST_F(UpdaterTest, RefusesWhatGoesBackOrIsForAnother) {
  restart("1.21.0");
  EXPECT_THAT(std::string(begin().reason.view()), HasSubstr("1.21.0 runs"));
  slots_.boot.security = 9;
  restart("1.0.0");
  EXPECT_THAT(std::string(begin().reason.view()), HasSubstr("this camera is at 9"));
  EXPECT_EQ(slots_.manifest, "");
}

TEST_F(UpdaterTest, WhatRunsAlreadyIsNotFetched) {
  slots_.running = vector_manifest;
  restart("1.20.3");
  EXPECT_EQ(begin().kind, Kind::done);
}

TEST_F(UpdaterTest, RefusesWhatIsNotWhatWasSigned) {
  slots_.digest[5] ^= 1;
  begin();
  request();
  const UpdateStep step = answer(part(image_at), vector_image);
  EXPECT_EQ(step.kind, Kind::failed);
  EXPECT_THAT(std::string(step.reason.view()), HasSubstr("SHA-256"));
  EXPECT_EQ(slots_.image, "");
  EXPECT_FALSE(slots_.tried);
}

TEST_F(UpdaterTest, TakesNoByteThatWasNotAskedFor) {
  begin();
  request();
  EXPECT_EQ(answer(part(image_at + 1), vector_image).kind, Kind::failed);  // another part
  EXPECT_EQ(slots_.image, "");
  begin();
  request();
  EXPECT_EQ(answer(part(image_at), std::string(vector_image) + "more").kind, Kind::failed);
  EXPECT_EQ(slots_.image, "");
}

TEST_F(UpdaterTest, AFullDiskIsAReason) {
  begin();
  slots_.broken = true;
  request();
  const UpdateStep step = answer(part(image_at), vector_image);
  EXPECT_EQ(step.reason.view(), "a piece could not be kept: no space left");
}

TEST_F(UpdaterTest, KnowsWhatAnAnswerMeans) {
  struct Row {
    const char* head;
    Kind kind;
    Verdict verdict;
  };
  const Row rows[] = {
      {"404 Not Found", Kind::failed, Verdict::try_again},
      {"416 Range Not Satisfiable", Kind::failed, Verdict::try_again},
      {"200 OK", Kind::failed, Verdict::try_again},
      {"206 Partial Content", Kind::failed, Verdict::try_again},  // of which part?
      {"503 Busy\r\nRetry-After: 7", Kind::fetch, Verdict::try_again},
      {"429 Slower", Kind::fetch, Verdict::try_again},
      {"401 Unauthorized", Kind::fetch, Verdict::needs_owner},
      {"403 Forbidden", Kind::fetch, Verdict::needs_owner},
      {"302 Found", Kind::fetch, Verdict::needs_owner},
  };
  for (const Row& row : rows) {
    updater_->begin("r1");
    request();
    const UpdateStep step = answer(row.head, "{}");
    EXPECT_EQ(step.kind, row.kind) << row.head;
    if (row.kind == Kind::fetch) EXPECT_EQ(step.verdict.verdict, row.verdict) << row.head;
  }
  HttpResponse none;
  EXPECT_EQ(updater_->took(ExchangeStatus::no_connection, none, "refused").verdict.verdict,
            Verdict::try_again);
}

// --- the trial ---

TEST_F(UpdaterTest, ConfirmsOnceTheServerHasAnswered) {
  slots_.boot.on_trial = true;
  slots_.running = vector_manifest;
  restart("1.20.3", "r1");
  EXPECT_FALSE(recovered_);
  EXPECT_FALSE(updater_->wants_piece());
  EXPECT_EQ(updater_->trial_ends_ms(), 1'000);
  slots_.broken = true;
  EXPECT_EQ(updater_->reached().kind,
            Kind::fetch);  // it could not be written down: the next answer is as good
  EXPECT_TRUE(updater_->trial_ends_ms());
  slots_.broken = false;
  EXPECT_EQ(updater_->reached().kind, Kind::done);
  EXPECT_FALSE(updater_->trial_ends_ms());
  EXPECT_EQ(slots_.boot.security, 4U);
}

TEST_F(UpdaterTest, GivesItselfUpWhenNobodyAnswers) {
  slots_.boot.on_trial = true;
  slots_.running = vector_manifest;
  restart("1.20.3", "r1");
  EXPECT_EQ(updater_->give_up("no word").kind, Kind::restart);
  EXPECT_TRUE(slots_.gave_up);
  restart("1.0.0", "r1");
  ASSERT_TRUE(recovered_);
  EXPECT_EQ(recovered_->reason.view(), "rolled back: no word");
  EXPECT_FALSE(updater_->wants_piece());
}

TEST_F(UpdaterTest, IsNotAnotherVersionThanWasSigned) {
  slots_.boot.on_trial = true;
  slots_.running = vector_manifest;
  restart("1.20.4", "r1");
  ASSERT_TRUE(recovered_);
  EXPECT_EQ(recovered_->kind, Kind::restart);
  EXPECT_TRUE(slots_.gave_up);
}

TEST_F(UpdaterTest, TellsAfterARestartWhatHadCome) {
  slots_.boot.outcome = TrialOutcome::confirmed;
  restart("1.20.3", "r1");
  ASSERT_TRUE(recovered_);
  EXPECT_EQ(recovered_->kind, Kind::done);
  restart("1.20.3");  // it was told before
  EXPECT_FALSE(recovered_);
  EXPECT_EQ(slots_.boot.outcome, TrialOutcome::none);
}

}  // namespace
}  // namespace heliograph::firmware
