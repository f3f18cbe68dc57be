// A year on a post, in seconds: every day the Wi-Fi is gone for a while, every week the power, every month
// the server is somewhere else, and once its certificate ends at another root, which was published a month
// before. What the camera has taken must be on the server, each picture once and in order, and what it was
// told done once.
#include "firmware/core/agent_orders_fixture.hpp"
#include "firmware/core/fake_server.hpp"
#include "firmware/core/platform/fake_trust_store.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t day_ms = 24 * hour_ms;
constexpr std::int64_t week_ms = 7 * day_ms;
constexpr std::int64_t month_ms = 30 * day_ms;
constexpr std::int64_t year_ms = 365 * day_ms;
constexpr std::int64_t begins_at_ms = 1'767'225'600'000;  // 2026-01-01T00:00:00Z

constexpr std::int64_t interval_ms = 10 * minute_ms;
constexpr std::int64_t root_is_told_ms = 150 * day_ms;
constexpr std::int64_t root_changes_ms = 180 * day_ms;
constexpr std::int64_t old_root_ends_ms = 270 * day_ms;  // and is told no more
constexpr std::int64_t names_are_kept_ms = hour_ms;      // a moved server is looked for at its old address
constexpr int large_every = 500;                         // pictures; such a one goes in pieces

// Time that goes by while somebody waits, and stops for the next thing that happens by itself.
class FieldClock final : public Clock {
 public:
  std::int64_t mono_ms() const override { return now_ms_; }
  std::optional<std::int64_t> wall_ms() const override {
    return knows_time() ? std::optional(true_ms()) : std::nullopt;
  }
  void offer_wall_ms(std::int64_t) override {}
  void sleep_until(std::int64_t deadline_ms) override {
    while (now_ms_ < deadline_ms) {
      now_ms_ = std::max(now_ms_, std::min(deadline_ms, next_ms));
      if (now_ms_ < next_ms) return;
      happens();
      if (ends_wait) return;
    }
  }
  void wake() override { ends_wait = true; }

  std::int64_t true_ms() const { return begins_at_ms + now_ms_; }

  std::function<bool()> knows_time;
  bool ends_wait = false;
  std::int64_t next_ms = INT64_MAX;
  std::function<void()> happens;

 private:
  std::int64_t now_ms_ = 0;
};

// What the camera says that it has taken, and can be held to.
class Diary final : public Log {
 public:
  explicit Diary(const FieldClock& clock) : clock_(clock) {}

  void record(const Event& event) override {
    if (event.kind == EventKind::captured)
      taken.push_back({std::string(event.boot) + "/" + std::to_string(event.sequence), clock_.true_ms()});
    if (event.kind == EventKind::obeyed) ++obeyed;
    if (event.kind == EventKind::unspooled) taken.pop_back();  // it could not be kept
    if (event.kind == EventKind::dropped) dropped += event.lost;
    if (event.kind == EventKind::damaged || event.kind == EventKind::capture_failed) ++failures;
    most_waiting = std::max<std::uint64_t>(most_waiting, event.waiting);
  }

  struct Taken {
    std::string name;
    std::int64_t at_ms = 0;
  };
  std::vector<Taken> taken;
  int obeyed = 0;
  std::uint64_t dropped = 0;
  std::uint64_t most_waiting = 0;
  int failures = 0;

 private:
  const FieldClock& clock_;
};

// Different at every start, as a board's is.
class Chance final : public Random {
 public:
  std::uint32_t next() override { return state_ = state_ * 1'664'525 + 1'013'904'223; }

 private:
  std::uint32_t state_ = 1;
};

class Year {
 public:
  Year() {
    server.closed = [this] { return why_closed(); };
    server.orders = [this] { return order(); };
    server.heard = [this](const FakeServer::Request& request) { hear(request); };
    server.answers_instead = [this](const FakeServer::Request& request, int) { return roots_for(request); };
    server.loses_answer = [](const FakeServer::Request&, int number) { return number % 997 == 0; };
    server.bytes_per_s = [] { return 100'000; };
    server.round_trip_ms = 80;
    clock.next_ms = week_ms;
    clock.happens = [this] { cut_power(); };
    clock.knows_time = [this] { return knows_time(); };
    config_.server = {"cameras.example", 443, true, "", "the-key"};
    config_.schedule.interval_ms = interval_ms;
    config_.schedule.heartbeat_ms = 5 * minute_ms;
    config_.max_spool_bytes = 100'000'000;
    source_.retakes = true;
  }

  void live() {
    while (clock.mono_ms() < year_ms) run_until_power_is_cut();
    // And then nothing happens any more, until all of it is there.
    clock.next_ms = INT64_MAX;
    config_.schedule.count = 0;
    run_until_power_is_cut();
  }

  FieldClock clock;
  FakeServer server{clock};
  FakeStorage card;
  Diary diary{clock};
  FakeBoard board;
  FakeTrustStore trust;
  int asked_for_roots = 0;
  int boots = 0;
  int power_cuts = 0;
  std::set<std::string> told, succeeded, failed;

 private:
  void run_until_power_is_cut() {
    ++boots;
    card.fault = StorageStatus::ok;
    knows_time_ = false;
    clock.ends_wait = false;
    config_.schedule.first_capture_ms = clock.mono_ms() + minute_ms;
    for (int i = 1; i < large_every; ++i) source_.pictures.push_back(small_);
    source_.pictures.push_back(large_);
    Traffic traffic;
    Agent agent(
        {clock, chance_, server, source_, card, diary, crypto_, board, traffic, nullptr, nullptr, &trust},
        config_, {slab_.data(), slab_.size()});
    agent_ = &agent;
    ASSERT_TRUE(agent.run());
    agent_ = nullptr;
    server.close();
    source_.pictures.clear();
  }

  // From now on nothing is written and nothing is sent.
  void cut_power() {
    ++power_cuts;
    card.fault = StorageStatus::failed;
    dark_until_ms_ = clock.mono_ms() + 3 * minute_ms;
    clock.next_ms += week_ms + 37 * minute_ms + 12'345;  // at another hour each time
    server.close();
    agent_->stop();
  }

  std::string why_closed() {
    const std::int64_t now_ms = clock.mono_ms();
    const std::int64_t hour = now_ms % day_ms;
    if (now_ms < dark_until_ms_) return "no power";
    if (hour >= 3 * hour_ms && hour < 3 * hour_ms + 40 * minute_ms) return "no network";
    if (now_ms >= month_ms && now_ms % month_ms < names_are_kept_ms) return "timeout";
    if (!trust.trusts(now_ms < root_changes_ms ? "root-1" : "root-2")) return "its root is not known";
    return {};
  }

  std::optional<std::string> roots_for(const FakeServer::Request& request) {
    if (!request.is("GET /device/v1/trust.pem ")) return std::nullopt;
    ++asked_for_roots;
    const std::int64_t now_ms = clock.mono_ms();
    const std::string roots = now_ms < root_is_told_ms    ? "root-1"
                              : now_ms < old_root_ends_ms ? "root-1 root-2"
                                                          : "root-2";
    if (request.header("If-None-Match") == '"' + std::to_string(roots.size()) + roots.back() + '"')
      return "HTTP/1.1 304 Not Modified\r\n\r\n";
    return "HTTP/1.1 200 OK\r\nETag: \"" + std::to_string(roots.size()) + roots.back() +
           "\"\r\nContent-Length: " + std::to_string(roots.size()) + "\r\n\r\n" + roots;
  }

  // As soon as there is a network; a power cut takes it away again.
  bool knows_time() {
    knows_time_ = knows_time_ || why_closed().empty();
    return knows_time_;
  }

  // One command a day, until it is answered for.
  std::string order() {
    lose_connection_of_a_moved_server();
    const std::string id = "d" + std::to_string(clock.mono_ms() / day_ms);
    if (succeeded.count(id) + failed.count(id) > 0) return "{}";
    told.insert(id);
    return R"({"command":{"id":")" + id + R"(","name":"identify","arguments":{"seconds":7}}})";
  }

  void lose_connection_of_a_moved_server() {
    const std::int64_t month = clock.mono_ms() / month_ms;
    if (month == month_) return;
    month_ = month;
    server.forget_connection();
  }

  void hear(const FakeServer::Request& request) {
    for (const auto& [state, ids] : {std::pair{"succeeded", &succeeded}, {"failed", &failed}}) {
      const std::size_t at = request.body.find(std::string(R"(","state":")") + state);
      if (at == std::string::npos) continue;
      const std::size_t begin = request.body.rfind('"', at - 1) + 1;
      ids->insert(request.body.substr(begin, at - begin));
    }
  }

  FakeFrameSource source_;
  FakeCrypto crypto_;
  Chance chance_;
  AgentConfig config_;
  std::vector<std::uint8_t> slab_ = std::vector<std::uint8_t>(400'000);
  const std::string small_{FakeFrameSource::smallest_jpeg};
  const std::string large_ = "\xFF\xD8" + std::string(300'000, 'x') + "\xFF\xD9";
  Agent* agent_ = nullptr;
  std::int64_t dark_until_ms_ = 0;
  std::int64_t month_ = 0;
  bool knows_time_ = false;
};

TEST(Year, EveryPictureIsThereOnceAndInOrder) {
  Year year;
  year.live();
  const auto& stored = year.server.stored;
  ASSERT_EQ(stored.size(), year.diary.taken.size());
  for (std::size_t i = 0; i < stored.size(); ++i) {
    ASSERT_EQ(stored[i].name, year.diary.taken[i].name) << i;
    ASSERT_EQ(stored[i].captured_at, std::to_string(year.diary.taken[i].at_ms)) << i;
  }
  EXPECT_TRUE(year.card.files(Area::waiting).empty());

  EXPECT_EQ(year.power_cuts, 52);
  EXPECT_EQ(year.boots, 53);
  EXPECT_GT(stored.size(), 52'400U);  // of 52,560, but for what a restart costs
  EXPECT_EQ(year.diary.dropped, 0U);
  EXPECT_EQ(year.diary.failures, 0);
  EXPECT_EQ(year.succeeded.size(), static_cast<std::size_t>(year.diary.obeyed));
  EXPECT_GT(year.diary.obeyed, 360);  // one a day, but for those without a server
  EXPECT_TRUE(year.failed.empty());
  EXPECT_LT(year.diary.most_waiting, 10U) << "no more than a lost hour: the change of roots cost nothing";
  EXPECT_EQ(year.trust.learnt, "root-2");
  EXPECT_GT(year.asked_for_roots, 360);
  EXPECT_LT(year.asked_for_roots, 380);  // once a day, and what proves three changes
}

}  // namespace
}  // namespace heliograph::firmware
