// An update on a board as a whole: the core's updater on the board's slots and its real cryptography, over a
// flash that loses power at every one of its changes. However it goes, a program that is whole runs in the
// end, and it is known why.
#include "firmware/core/updater.hpp"
#include "firmware/esp32/fake_idf/fake_flash.hpp"
#include "firmware/esp32/port/ota_slots.hpp"
#include "firmware/esp32/port/sodium_crypto.hpp"

#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using fake_idf::flash;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::size_t image_size = 10'000;
constexpr int most_starts = 12;  // of a board that is always given its power back

std::string hex(const unsigned char* bytes, std::size_t size) {
  std::string text(2 * size + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes, size);
  text.pop_back();
  return text;
}

// Whoever signs releases.
struct Owner {
  Owner() { crypto_sign_keypair(key.data(), secret); }

  std::string sign(const std::string& image, const std::string& model = "esp32-cam",
                   const std::string& version = "2.0.0") const {
    unsigned char digest[32];
    crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(image.data()), image.size());
    std::string text;
    protocol::write_signed_manifest(model, version, "1", false, std::to_string(image.size()), hex(digest, 32),
                                    hex(key.data(), key.size()),
                                    [&](std::string_view part) { text += part; });
    unsigned char signature[crypto_sign_BYTES];
    crypto_sign_detached(signature, nullptr, reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                         secret);
    return text + "signature " + hex(signature, sizeof signature) + "\n";
  }

  protocol::Ed25519Key key{};
  unsigned char secret[crypto_sign_SECRETKEYBYTES] = {};
};

class OtaUpdateTest : public testing::Test {
 protected:
  OtaUpdateTest() { flash() = fake_idf::Flash(); }
  ~OtaUpdateTest() override { flash() = fake_idf::Flash(); }

  static std::string image() {
    std::string image = "\xe9";
    while (image.size() < image_size) image += std::to_string(image.size());
    return image;
  }

  // One start of the board, until it restarts or there is nothing to do any more.
  void live(const std::string& file, bool server_is_there) {
    OtaSlots slots;
    UpdateConfig config;
    config.model = "esp32-cam";
    config.version = flash().running == 0 ? "1.0.0" : "2.0.0";
    config.security = 1;
    config.keys[0] = owner_.key;
    config.key_count = 1;
    Updater updater(slots, crypto_, config);
    std::optional<UpdateStep> step = updater.recover(outcome_.empty() ? "r1" : "", 0, 1'000);
    if (!step && updater.trial_ends_ms()) {
      step = server_is_there ? updater.reached() : updater.give_up("it did not reach the server in time");
    }
    while (!step || step->kind == UpdateStep::Kind::fetch) {
      if (!updater.wants_piece()) return;
      step = fetch(updater, file);
    }
    if (step->kind == UpdateStep::Kind::restart) return;
    if (step->kind == UpdateStep::Kind::done) outcome_ = "done";
    if (step->kind == UpdateStep::Kind::failed) outcome_ = step->reason.view();
    slots.acknowledge();
  }

  static UpdateStep fetch(Updater& updater, const std::string& file) {
    RequestHead head;
    Server server;
    server.host = "cameras.example";
    updater.write_request(server, "Bearer the-key", head);
    const std::string request(head.view());
    const std::string_view range = "Range: bytes=";
    const std::size_t first = std::stoul(request.substr(request.find(range) + range.size()));
    const std::string body = file.substr(first, updater.expected_size());
    const std::string answer = "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " +
                               std::to_string(first) +
                               "-1/1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    HttpResponse response;
    response.clear(&updater);
    response.feed(answer.data(), answer.size());
    return updater.took(ExchangeStatus::answered, response, "");
  }

  // Of a board that is cut off at that change of its flash, once. False: there were not so many.
  bool cut_at(int change, const std::string& file, bool server_is_there) {
    flash() = fake_idf::Flash();
    flash().cut_power_at(change);
    outcome_.clear();
    bool was_cut = false;
    int starts = 0;
    for (; outcome_.empty() && starts < most_starts; ++starts) {
      try {
        live(file, server_is_there);
      } catch (const fake_idf::PowerCut&) {
        was_cut = true;
      }
      flash().boot();
      const std::string& runs = flash().image[1];
      if (flash().running == 1) EXPECT_EQ(runs.substr(0, image_size), file.substr(file.size() - image_size));
    }
    EXPECT_LT(starts, most_starts) << "it never comes to an end";
    EXPECT_EQ(flash().state[flash().running], ESP_OTA_IMG_VALID);
    EXPECT_EQ(flash().programmed_twice, 0);
    return was_cut;
  }

  const Owner owner_;
  SodiumCrypto crypto_;
  std::string outcome_;  // what would be reported
};

TEST_F(OtaUpdateTest, EndsWithAProgramThatRunsWheneverPowerGoes) {
  const std::string whole = image().substr(0, image_size);
  const std::string file = owner_.sign(whole) + whole;
  int change = 1;
  while (cut_at(change, file, /*server_is_there=*/true)) {
    SCOPED_TRACE(change);
    // A trial that power was lost in is over here: the boot loader cannot tell it from a crash.
    if (outcome_ == "done") EXPECT_EQ(flash().running, 1);
    if (outcome_ != "done") EXPECT_THAT(outcome_, StartsWith("rolled back: it was restarted"));
    if (outcome_ != "done") EXPECT_EQ(flash().running, 0);
    ++change;
  }
  EXPECT_GT(change, 10);
  EXPECT_EQ(outcome_, "done") << "without a cut";
}

TEST_F(OtaUpdateTest, OneThatReachesNobodyIsTakenBackWheneverPowerGoes) {
  const std::string whole = image().substr(0, image_size);
  const std::string file = owner_.sign(whole) + whole;
  for (int change = 1; cut_at(change, file, /*server_is_there=*/false); ++change) {
    EXPECT_EQ(flash().running, 0) << change;
    EXPECT_THAT(outcome_, StartsWith("rolled back: it ")) << change;
  }
  EXPECT_EQ(outcome_, "rolled back: it did not reach the server in time");
}

TEST_F(OtaUpdateTest, WhatIsNotForItNeverRunsWheneverPowerGoes) {
  const std::string whole = image().substr(0, image_size);
  std::string tampered = owner_.sign(whole) + whole;
  tampered.back() ^= 1;
  std::string other_lines = owner_.sign(whole) + whole;
  other_lines.replace(other_lines.find("version 2"), 9, "version 3");
  const struct {
    const char* name;
    std::string file;
    const char* told;
  } files[] = {
      {"tampered image", tampered, "what came is not what was signed"},
      {"tampered manifest", other_lines, "it is not signed by a key that this camera was given"},
      {"another owner", Owner().sign(whole) + whole, "it is not signed by a key that this camera was given"},
      {"wrong board", owner_.sign(whole, "xiao-sense") + whole, "it is for xiao-sense"},
      {"downgrade", owner_.sign(whole, "esp32-cam", "0.9.0") + whole, "going back is not allowed"},
  };
  for (const auto& [name, file, told] : files) {
    SCOPED_TRACE(name);
    for (int change = 1; cut_at(change, file, true); ++change) EXPECT_EQ(flash().running, 0) << change;
    EXPECT_THAT(outcome_, HasSubstr(told));
    EXPECT_EQ(flash().running, 0);
  }
}

}  // namespace
}  // namespace heliograph::firmware
