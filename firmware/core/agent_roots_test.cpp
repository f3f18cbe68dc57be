// A server that moves to another authority, and a camera that is to come along.
#include "firmware/core/agent_orders_fixture.hpp"
#include "firmware/core/fake_server.hpp"
#include "firmware/core/platform/fake_trust_store.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::int64_t hour_ms = 3'600'000;

// Different at every start, and a pause is one.
class Chance final : public Random {
 public:
  std::uint32_t next() override { return state_ = state_ * 1'664'525 + 1'013'904'223; }

 private:
  std::uint32_t state_ = 1;
};

class AgentRoots : public testing::Test {
 protected:
  AgentRoots() {
    server_.closed = [this] { return trust_.trusts(ends_at_) ? "" : "its root is not known"; };
    server_.answers_instead = [this](const FakeServer::Request& request, int) { return roots_for(request); };
    config_.server = {"cameras.example", 443, true, "", "the-key"};
    config_.schedule.first_capture_ms = clock_.now_ms;
    config_.schedule.interval_ms = hour_ms;
    config_.schedule.patience_ms = hour_ms;
    config_.max_spool_bytes = 1'000'000;
    clock_.wall_offset_ms = 1'795'359'662'000;
  }

  // So many pictures, an hour from one to the next.
  void live(std::uint64_t pictures) {
    config_.schedule.first_capture_ms = clock_.now_ms;
    config_.schedule.count = pictures;
    Traffic traffic;
    Agent agent(
        {clock_, random_, server_, source_, card_, log_, crypto_, board_, traffic, nullptr, nullptr, &trust_},
        config_, {slab_.data(), slab_.size()});
    ASSERT_TRUE(agent.run());
    server_.close();
  }

  std::optional<std::string> roots_for(const FakeServer::Request& request) {
    if (!request.is("GET /device/v1/trust.pem ")) return std::nullopt;
    EXPECT_THAT(request.head, Not(HasSubstr("Authorization")));
    asked_.push_back(request.header("If-None-Match"));
    if (told_.empty()) return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    const std::string tag = '"' + std::to_string(std::hash<std::string>()(told_)) + '"';
    if (asked_.back() == tag) return "HTTP/1.1 304 Not Modified\r\nETag: " + tag + "\r\n\r\n";
    return "HTTP/1.1 200 OK\r\nETag: " + tag + "\r\nContent-Length: " + std::to_string(told_.size()) +
           "\r\n\r\n" + told_.substr(0, breaks_after_);
  }

  FakeClock clock_;
  FakeServer server_{clock_};
  Chance random_;
  FakeFrameSource source_;
  FakeStorage card_;
  FakeLog log_;
  FakeCrypto crypto_;
  FakeBoard board_;
  FakeTrustStore trust_;
  AgentConfig config_;
  std::vector<std::uint8_t> slab_ = std::vector<std::uint8_t>(10'000);
  std::string ends_at_ = "root-1";  // the server's chain
  std::string told_;                // the roots that it publishes; empty: none
  std::size_t breaks_after_ = std::string::npos;
  std::vector<std::string> asked_;  // If-None-Match of each
};

TEST_F(AgentRoots, ComesAlongToAnotherAuthority) {
  told_ = "root-1 root-2";
  live(2);
  EXPECT_EQ(trust_.learnt, "root-1 root-2");
  EXPECT_THAT(asked_, ElementsAre("", Not(IsEmpty()))) << "asked, and proved";
  EXPECT_THAT(log_.lines, Contains(HasSubstr("trusts the roots")));
  ends_at_ = "root-2";
  live(2);
  EXPECT_EQ(server_.stored.size(), 4U);
  EXPECT_TRUE(card_.files(Area::waiting).empty());
}

TEST_F(AgentRoots, WithoutThemItStaysBehind) {
  ends_at_ = "root-2";
  live(1);
  EXPECT_TRUE(server_.stored.empty());
  EXPECT_EQ(card_.files(Area::waiting).size(), 1U);
}

TEST_F(AgentRoots, AsksOnceADayOverRestartsToo) {
  told_ = "root-1 root-2";
  live(10);
  live(10);
  EXPECT_EQ(asked_.size(), 2U);
  live(10);
  ASSERT_EQ(asked_.size(), 3U);
  EXPECT_EQ(asked_[2], asked_[1]) << "it has them already";
}

TEST_F(AgentRoots, WhatDoesNotLeadToItsServerIsNotKept) {
  told_ = "root-3";
  live(2);
  EXPECT_EQ(trust_.learnt, "");
  EXPECT_FALSE(trust_.tried);
  EXPECT_THAT(log_.lines, Contains(HasSubstr("do not lead to it")));
  EXPECT_EQ(server_.stored.size(), 2U) << "nothing has changed";
}

TEST_F(AgentRoots, WhatWasLearntBeforeStaysUntilOthersAreProven) {
  told_ = "root-1 root-2";
  live(2);
  for (const char* worse : {"root-3", "no certificates", ""}) {
    told_ = worse;
    live(26);
    EXPECT_EQ(trust_.learnt, "root-1 root-2") << worse;
  }
  ends_at_ = "root-2";
  told_ = "root-2";
  live(26);
  EXPECT_EQ(trust_.learnt, "root-2");
  EXPECT_TRUE(card_.files(Area::waiting).empty());
}

TEST_F(AgentRoots, WhatBreaksOffOrFindsNoRoomChangesNothing) {
  told_ = "root-1 root-2";
  breaks_after_ = 6;
  live(2);
  EXPECT_EQ(trust_.learnt, "");
  breaks_after_ = std::string::npos;
  trust_.full = true;
  live(2);
  EXPECT_EQ(trust_.learnt, "");
  trust_.full = false;
  told_ = "root-1" + std::string(max_roots, ' ');
  live(2);
  EXPECT_EQ(trust_.learnt, "");
  EXPECT_EQ(server_.stored.size(), 6U);
}

TEST_F(AgentRoots, IsNotAskedWithoutTls) {
  config_.server.tls = false;
  told_ = "root-1 root-2";
  live(2);
  EXPECT_TRUE(asked_.empty());
}

}  // namespace
}  // namespace heliograph::firmware
