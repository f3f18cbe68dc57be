// The first lines of an answer: status, fields, and the empty line. Pure.
#pragma once

#include "server/http/conditional.hpp"
#include "server/http/http.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heliograph::http {

// How the reader will know where the body ends.
enum class Framing {
  none,        // there is no body: 304
  length,      // Content-Length
  chunked,     // a stream for HTTP/1.1
  until_close  // a stream for HTTP/1.0
};

struct HeadFacts {
  int status = 200;
  Framing framing = Framing::length;
  std::uint64_t length = 0;  // of the body that follows (or would, if this were not HEAD)
  bool close = false;        // the connection ends after this answer
  bool secure = false;       // it goes through TLS
  bool gzip = false;
  std::string_view date;                // now, as HTTP writes it
  std::optional<Entity> entity;         // what validators and ranges speak of
  std::uint64_t offset = 0;             // of a 206
  std::chrono::seconds retry_after{0};  // as it is told; 0: not at all
};

std::string response_head(const Response& response, const HeadFacts& facts);

// "HTTP/1.1 100 Continue": the body is wanted.
constexpr std::string_view continue_head = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace heliograph::http
