// Responses that the sessions make themselves, beside those of http.hpp.
#pragma once

#include "server/http/http.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace heliograph::http {

// application/problem+json (RFC 9457) for a status that no ErrorKind stands for.
Response problem(int status, std::string_view title, std::string_view detail);

// 416, with the size that a range must stay within.
Response range_not_satisfiable(std::uint64_t size);

// 405, with the methods that the path would take.
Response method_not_allowed(std::span<const Method> allowed);

// What an answer says in Retry-After; 0: nothing. `chance` chooses among the times it may say.
std::chrono::seconds told_retry_after(const Response& response, std::uint32_t chance);

// One of the times from `least` to its double, both included; `chance` says which.
std::chrono::seconds spread(std::chrono::seconds least, std::uint32_t chance);

// As the request line spells it.
std::string_view to_string(Method method);

}  // namespace heliograph::http
