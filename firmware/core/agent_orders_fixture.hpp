// What tests of a camera's orders are written in: a camera, and what its server answers.
#pragma once

#include "firmware/core/agent.hpp"
#include "firmware/core/platform/fake_board.hpp"
#include "firmware/core/platform/fake_clock.hpp"
#include "firmware/core/platform/fake_crypto.hpp"
#include "firmware/core/platform/fake_frame_source.hpp"
#include "firmware/core/platform/fake_log.hpp"
#include "firmware/core/platform/fake_random.hpp"
#include "firmware/core/platform/fake_storage.hpp"
#include "firmware/core/platform/fake_stream.hpp"
#include "firmware/core/traffic.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace heliograph::firmware {

inline FakeConnection answering(const std::string& status, const std::string& body) {
  FakeConnection connection;
  connection.replies = {{0,
                         "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) +
                             "\r\nConnection: close\r\n\r\n" + body,
                         1}};
  return connection;
}

// The receipt of a picture, with orders.
inline FakeConnection stored(const std::string& orders = "{}") {
  return answering("201 Created",
                   R"({"id":"06fk2r8m0q3zt","filename":"a.jpg","duplicate":false,"orders":)" + orders + "}");
}
inline FakeConnection heard(const std::string& orders = "{}") {
  return answering("200 OK", R"({"server_time":1,"orders":)" + orders + "}");
}
inline std::string command(const std::string& name, const std::string& arguments = "{}") {
  return R"({"command":{"id":"c1","name":")" + name + R"(","arguments":)" + arguments + "}}";
}

struct Camera {
  Camera() {
    config.server = {"cameras.example", 443, true, "", "the-key"};
    config.schedule.first_capture_ms = clock.now_ms;
    config.schedule.count = 1;
    config.max_spool_bytes = 1'000'000;
  }
  bool run() {
    Agent agent({clock, random, metered, source, card, log, crypto, board, traffic}, config,
                {slab.data(), slab.size()});
    const bool opened = agent.run();
    restarts = agent.wants_restart();
    return opened;
  }
  // What came over the n-th connection: one request each.
  std::string sent(std::size_t n) const { return stream.received.at(n); }

  FakeClock clock;
  FakeRandom random;
  FakeStream stream{clock};
  FakeFrameSource source;
  FakeStorage card;
  FakeLog log;
  FakeCrypto crypto;
  FakeBoard board;
  Traffic traffic;
  MeteredStream metered{stream, traffic};
  AgentConfig config;
  std::vector<std::uint8_t> slab = std::vector<std::uint8_t>(10'000);
  bool restarts = false;
};

}  // namespace heliograph::firmware
