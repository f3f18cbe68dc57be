// Web Push: a message to one browser by way of its push service, which may not read it (RFC 8030), encrypted
// for the browser (RFC 8291), and signed so that nobody else can send in this server's name (RFC 8292).
//
// The crypto is written out over OpenSSL and not left to a library: Debian 12 has none for C++
// (docs/decisions/0023). Pure but for the system's chance.
#pragma once

#include "server/base/time.hpp"
#include "server/outbound/outbound.hpp"
#include "server/outbound/p256.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heliograph::outbound {

using PushSecret = std::array<std::uint8_t, 16>;

// What a browser has told of itself.
struct Subscriber {
  std::string endpoint;  // https, where its service takes messages; whoever knows it can find the browser
  P256Point key{};
  PushSecret auth{};
};

// Who sends.
struct PushSender {
  P256Key key;
  std::string contact;  // mailto: or https:, for the service's people; empty: Apple's takes nothing then
};

struct PushMessage {
  std::string text;             // max_push_text bytes at most
  std::string topic;            // of several that wait for a browser the newest of a topic comes
  std::chrono::seconds life{};  // how long the service keeps it for a browser that is off
  bool urgent = false;          // wakes a phone that saves its battery
};

// The request that sends it. internal.
Result<HttpRequest> push_request(const Subscriber& to, const PushSender& from, const PushMessage& message,
                                 Timestamp now);

// What is new with every message.
struct PushChance {
  P256Key key;
  PushSecret salt{};
};
// The body alone, one record of aes128gcm; filled up to `padded_bytes`, so that its size tells nothing.
// internal.
Result<std::string> encrypt_push(const Subscriber& to, std::string_view text, const PushChance& chance,
                                 std::size_t padded_bytes);

// The field Authorization, for one push service ("https://push.example.org"). internal.
Result<std::string> vapid(const PushSender& from, std::string_view service, Timestamp now);

// "https://push.example.org:8443" of an endpoint there, and "push.example.org", which is all that logs may
// tell of it.
std::string service_of(std::string_view endpoint);
std::string service_host(std::string_view endpoint);

// What came of a message.
enum class PushOutcome {
  taken,    // the service has it
  gone,     // the browser does not want any more, for good
  later,    // not now: send it again
  refused,  // not this one, whenever it is sent
};
struct PushAnswer {
  PushOutcome outcome = PushOutcome::later;
  std::optional<int> status;            // none: nobody answered
  std::string detail;                   // a sentence for people; never the endpoint
  std::chrono::seconds retry_after{0};  // as the service wishes; 0: it has no wish
};
PushAnswer read_push_answer(const Result<HttpAnswer>& answer);

// Every message is filled up to this: what we say is shorter, and services take 4,096 bytes with the 103 that
// encryption adds.
inline constexpr std::size_t max_push_text = 3072;
// How long a signature is good for: services take a day at most, and clocks differ.
inline constexpr std::chrono::hours vapid_life{12};
// Of one request. A service that is slower is down, and there are others to be told.
inline constexpr std::chrono::seconds push_deadline{8};

}  // namespace heliograph::outbound
