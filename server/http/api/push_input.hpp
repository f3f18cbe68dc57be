// What a browser tells of itself to be told of alerts. Pure.
#pragma once

#include "server/base/error.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

namespace heliograph::http {

// The parts of a subscription that come from outside. bad_request: a member is missing or of another kind, or
// a kind of alert is none. unprocessable: that is no subscription, or of a service that is not among
// `services`.
struct PushInput {
  std::string endpoint;
  std::vector<std::uint8_t> p256dh;
  std::vector<std::uint8_t> auth;
  std::vector<std::string> kinds;
};
Result<PushInput> read_push_input(const boost::json::object& body, std::span<const std::string> services);

// `kinds`, each once. bad_request: one is none.
Result<std::vector<std::string>> read_push_kinds(const boost::json::object& body);

// Is `host`, in small letters, one of them? "*.example.org" stands for all below.
bool is_among(std::string_view host, std::span<const std::string> services);

// Bytes of an endpoint: those of today's services have 200 to 500.
inline constexpr std::size_t max_endpoint = 1024;

}  // namespace heliograph::http
