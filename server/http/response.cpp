#include "server/http/response.hpp"

#include "server/http/json.hpp"

#include <algorithm>

namespace heliograph::http {
namespace {

using std::chrono::seconds;

// Long enough for a queue to drain, short enough for a camera that waits awake.
constexpr seconds retry_after{10};
// A full disk takes a person, or retention, which then runs every five minutes.
constexpr seconds retry_when_full_after{300};

seconds usual_retry_after(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::unavailable:
    case ErrorKind::too_many:
      return retry_after;
    case ErrorKind::storage_full:
      return retry_when_full_after;
    default:
      return seconds{0};
  }
}

}  // namespace

Response text_response(int status, std::string text) {
  return {status, "text/plain; charset=utf-8", Cache::never, {}, std::move(text)};
}

Response json_response(int status, std::string json) {
  return {status, "application/json", Cache::never, {}, std::move(json)};
}

Response problem(int status, std::string_view title, std::string_view detail) {
  JsonWriter json;
  json.object([&] {
    json.field("type", "about:blank");
    json.field("title", title);
    json.field("status", status);
    json.field("detail", detail);
  });
  return {status, "application/problem+json", Cache::never, {}, std::move(json).text()};
}

Response problem_response(const Error& error) {
  Response response = problem(problem_status(error.kind), heliograph::to_string(error.kind), error.detail);
  if (error.kind == ErrorKind::unauthorized) {
    response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"heliograph\"");
  }
  response.retry_is_exact = error.retry_is_exact;
  response.retry_after =
      std::max(error.retry_after, error.retry_is_exact ? seconds{1} : usual_retry_after(error.kind));
  return response;
}

seconds told_retry_after(const Response& response, std::uint32_t chance) {
  return response.retry_is_exact ? response.retry_after : spread(response.retry_after, chance);
}

int problem_status(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::bad_request:
      return 400;
    case ErrorKind::unauthorized:
      return 401;
    case ErrorKind::forbidden:
      return 403;
    case ErrorKind::not_found:
      return 404;
    case ErrorKind::timeout:
      return 408;
    case ErrorKind::conflict:
      return 409;
    case ErrorKind::too_large:
      return 413;
    case ErrorKind::unsupported:
      return 415;
    case ErrorKind::unprocessable:
      return 422;
    case ErrorKind::stale:
      return 425;
    case ErrorKind::too_many:
      return 429;
    case ErrorKind::unavailable:
      return 503;
    case ErrorKind::storage_full:
      return 507;
    case ErrorKind::data_lost:
    case ErrorKind::internal:
      break;
  }
  return 500;
}

seconds spread(seconds least, std::uint32_t chance) {
  const auto times = static_cast<std::uint64_t>(least.count()) + 1;
  return least + seconds{static_cast<std::int64_t>(chance % times)};
}

Response range_not_satisfiable(std::uint64_t size) {
  const std::string size_text = std::to_string(size);
  Response response = problem(416, "range-not-satisfiable", "this has " + size_text + " bytes");
  response.headers.emplace_back("Content-Range", "bytes */" + size_text);
  return response;
}

Response method_not_allowed(std::span<const Method> allowed) {
  std::string list;
  for (const Method method : allowed) {
    if (!list.empty()) list += ", ";
    list += to_string(method);
    if (method == Method::get) list += ", HEAD";  // answered by the same route
  }
  Response response = problem(405, "method-not-allowed", "this address takes " + list);
  response.headers.emplace_back("Allow", std::move(list));
  return response;
}

std::string_view to_string(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::del:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
    case Method::other:
      break;
  }
  return "?";
}

}  // namespace heliograph::http
