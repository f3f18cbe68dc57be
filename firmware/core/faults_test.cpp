// Whatever the network, the server, the clock, the card and the sensor do to a camera for a while: every
// picture that was taken is on the server once it is over, each once and in order, or set aside because it
// was refused; and nothing takes longer than its deadline.
#include "firmware/core/agent_orders_fixture.hpp"
#include "firmware/core/fake_server.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

// Remembers the pictures that were taken, and how long each way to the server took.
class Witness final : public Log {
 public:
  void record(const Event& event) override {
    const std::string name = std::string(event.boot) + "/" + std::to_string(event.sequence);
    if (event.kind == EventKind::captured) taken.push_back(name);
    if (event.kind == EventKind::refused) refused.push_back(name);
    if (event.kind == EventKind::dropped) dropped += event.lost;
    longest_ms = std::max(longest_ms, event.duration_ms);
    inner.record(event);
  }

  // What must be on the server: all but those that it refused.
  std::vector<std::string> due() const {
    std::vector<std::string> names;
    for (const std::string& name : taken) {
      if (std::find(refused.begin(), refused.end(), name) == refused.end()) names.push_back(name);
    }
    return names;
  }

  FakeLog inner;
  std::vector<std::string> taken;
  std::vector<std::string> refused;
  std::uint64_t dropped = 0;
  std::int64_t longest_ms = 0;
};

struct FaultyCamera : Camera {
  static constexpr std::size_t small_size = 3'000;
  static constexpr std::size_t large_size = 300'000;  // goes in pieces
  // As long as any picture here may take, and the pause that is thrown for the camera beside it.
  static constexpr std::int64_t deadline_ms = exchange_base_ms + large_size / min_rate_bytes_per_ms;

  FaultyCamera() {
    slab.resize(large_size + max_record_header_size);
    config.max_spool_bytes = 100'000'000;
    config.schedule.interval_ms = 5'000;
    config.schedule.count = 12;
    random.value = 500;
    for (int i = 0; i < 12; ++i) {
      const std::size_t size = i % 4 == 3 ? large_size : small_size;
      source.pictures.push_back("\xFF\xD8" + std::string(size - 4, 'x') + "\xFF\xD9");
    }
  }

  std::vector<std::string> send() {
    Agent agent({clock, random, server, source, card, witness, crypto, board, traffic}, config,
                {slab.data(), slab.size()});
    EXPECT_TRUE(agent.run());
    std::vector<std::string> names;
    for (const auto& stored : server.stored) names.push_back(stored.name);
    return names;
  }

  FakeServer server{clock};
  Witness witness;
};

std::string refusal(const std::string& status, const std::string& more = "") {
  return "HTTP/1.1 " + status + "\r\n" + more + "Content-Length: 0\r\n\r\n";
}

// Until then, milliseconds of the fake clock: some pictures wait by then.
constexpr std::int64_t ends_ms = 31'000;

struct Fault {
  std::string name;
  std::function<void(FaultyCamera&)> install;

  friend std::ostream& operator<<(std::ostream& out, const Fault& fault) { return out << fault.name; }
};

Fault answer(const std::string& status, const std::string& more = "") {
  return {"answer_" + status.substr(0, 3), [=](FaultyCamera& camera) {
            camera.server.answers_instead = [=, &camera](const FakeServer::Request&, int number) {
              const bool while_it_lasts = camera.clock.now_ms < ends_ms && number % 3 == 1;
              return while_it_lasts ? std::optional(refusal(status, more)) : std::nullopt;
            };
          }};
}

Fault closed(const std::string& name, const std::string& why) {
  return {name, [=](FaultyCamera& camera) {
            camera.server.closed = [=, &camera] {
              return camera.clock.now_ms < ends_ms ? why : std::string();
            };
          }};
}

const Fault faults[] = {
    {"none", [](FaultyCamera&) {}},
    closed("dns_gone", "no such name"),
    closed("half_open_from_the_start", "timeout"),
    {"half_open_later",
     [](FaultyCamera& camera) {
       camera.server.loses_answer = [&camera](const FakeServer::Request&, int number) {
         if (number % 4 == 2 && number < 20) camera.server.forget_connection();
         return false;
       };
     }},
    {"reset_after_it_was_stored",
     [](FaultyCamera& camera) {
       camera.server.loses_answer = [](const FakeServer::Request&, int number) {
         return number % 2 == 0 && number < 20;
       };
     }},
    {"a_hundred_bytes_a_second",
     [](FaultyCamera& camera) {
       camera.server.bytes_per_s = [&camera] { return camera.clock.now_ms < 10 * ends_ms ? 100 : 0; };
     }},
    answer("401 Unauthorized"),
    answer("403 Forbidden"),
    answer("413 Content Too Large"),
    answer("422 Unprocessable"),
    answer("429 Too Many Requests", "Retry-After: 2\r\n"),
    answer("500 Internal Server Error"),
    answer("503 Service Unavailable", "Retry-After: 1\r\n"),
    answer("507 Insufficient Storage"),
    {"a_login_page",
     [](FaultyCamera& camera) {
       camera.server.answers_instead = [](const FakeServer::Request&, int number) {
         const std::string page = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>";
         return number < 3 ? std::optional(page) : std::nullopt;
       };
     }},
    {"rubbish",
     [](FaultyCamera& camera) {
       camera.server.answers_instead = [](const FakeServer::Request&, int number) {
         return number % 3 == 1 && number < 12 ? std::optional<std::string>("\x16\x03\x01 rubbish\n")
                                               : std::nullopt;
       };
     }},
    {"a_clock_years_behind", [](FaultyCamera& camera) { camera.clock.wall_offset_ms = 1'600'000'000'000; }},
    {"a_clock_years_ahead", [](FaultyCamera& camera) { camera.clock.wall_offset_ms = 4'000'000'000'000; }},
    {"a_clock_that_was_never_set", [](FaultyCamera& camera) { camera.clock.wall_offset_ms = 0; }},
    {"no_card", [](FaultyCamera& camera) { camera.card.capacity = 0; }},
    {"a_full_card",  // for one small picture, and not for a large one
     [](FaultyCamera& camera) { camera.card.capacity = 2 * FaultyCamera::small_size; }},
    {"a_card_that_became_read_only", [](FaultyCamera& camera) { camera.card.read_only = true; }},
    {"a_sensor_that_hangs", [](FaultyCamera& camera) { camera.source.hangs = &camera.clock; }},
};

class Faults : public testing::TestWithParam<Fault> {};
INSTANTIATE_TEST_SUITE_P(All, Faults, testing::ValuesIn(faults),
                         [](const auto& fault) { return fault.param.name; });

TEST_P(Faults, LoseNothingAndHangNowhere) {
  FaultyCamera camera;
  GetParam().install(camera);
  const auto stored = camera.send();
  EXPECT_THAT(stored, ElementsAreArray(camera.witness.due()));
  EXPECT_GE(camera.witness.taken.size(), 6U);
  EXPECT_EQ(camera.witness.dropped, 0U);
  EXPECT_LE(camera.witness.longest_ms, FaultyCamera::deadline_ms);
}

// Every byte of what is said, on both ways, and all connections that follow.
TEST(Cuts, AtAnyByteOfARequestLoseNothing) {
  for (std::size_t cut = 1; cut < 700; ++cut) {
    FaultyCamera camera;
    camera.config.schedule.count = 2;
    camera.source.pictures.assign(2, std::string(FakeFrameSource::smallest_jpeg));
    camera.server.cuts = {cut, cut};
    const auto stored = camera.send();
    EXPECT_THAT(stored, ElementsAreArray(camera.witness.due())) << cut;
    EXPECT_EQ(stored.size(), 2U) << cut;
  }
}

TEST(Cuts, AtAnyByteOfAnAnswerLoseNothing) {
  for (std::size_t cut = 0; cut < 200; ++cut) {
    FaultyCamera camera;
    camera.config.schedule.count = 2;
    camera.source.pictures.assign(2, std::string(FakeFrameSource::smallest_jpeg));
    camera.server.cuts_answer = cut;
    const auto stored = camera.send();
    EXPECT_THAT(stored, ElementsAreArray(camera.witness.due())) << cut;
    EXPECT_EQ(stored.size(), 2U) << cut;
    EXPECT_LE(camera.server.duplicates, 1) << cut;
  }
}

// What was taken before the spool was full and what came after; the oldest are gone, and that was said.
TEST(AFullSpool, KeepsTheNewest) {
  FaultyCamera camera;
  camera.config.max_spool_bytes = 4 * FaultyCamera::small_size;
  camera.source.pictures.assign(12, "\xFF\xD8" + std::string(FaultyCamera::small_size - 4, 'x') + "\xFF\xD9");
  camera.server.closed = [&camera] { return camera.clock.now_ms < 58'000 ? "no network" : std::string(); };
  const auto stored = camera.send();
  ASSERT_EQ(camera.witness.taken.size(), 12U);
  ASSERT_EQ(stored.size() + camera.witness.dropped, 12U);
  EXPECT_GT(camera.witness.dropped, 0U);
  const auto& taken = camera.witness.taken;
  EXPECT_THAT(stored, ElementsAreArray(taken.begin() + static_cast<std::ptrdiff_t>(camera.witness.dropped),
                                       taken.end()));
}

// Wherever a power cut has torn a record that a card gave back all the same, the others arrive.
TEST(ATornRecord, IsSetAsideAndCostsNoOther) {
  FaultyCamera taking;
  taking.config.schedule.count = 3;
  taking.config.schedule.patience_ms = 0;
  taking.source.pictures.assign(3, std::string(FakeFrameSource::smallest_jpeg));
  taking.server.closed = [] { return "no network"; };
  EXPECT_TRUE(taking.send().empty());
  const FakeStorage card = taking.card;
  const std::size_t size = taking.card.files(Area::waiting).at("00000002.REC").size();
  for (std::size_t torn = 0; torn < size; ++torn) {
    FaultyCamera camera;
    camera.card = card;
    camera.card.files(Area::waiting).at("00000002.REC").resize(torn);
    camera.source.pictures.clear();
    camera.source.ends = true;
    EXPECT_THAT(camera.send(), ElementsAre(taking.witness.taken[0], taking.witness.taken[2])) << torn;
    EXPECT_EQ(camera.card.files(Area::damaged).size(), 1U) << torn;
  }
}

}  // namespace
}  // namespace heliograph::firmware
