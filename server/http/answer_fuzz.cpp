// Whatever a sender makes us say again: a field of an answer's head stays one line, and JSON stays JSON, in
// UTF-8.
#include "server/http/head.hpp"
#include "server/http/json.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <boost/json/parse.hpp>

namespace {

using namespace heliograph::http;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_head(std::string_view said) {
  Response response{200, "text/plain", Cache::never, {}, std::string()};
  response.headers.emplace_back("Location", said);
  const std::string head = response_head(response, {});
  response.headers.back().second = "x";
  const std::string harmless = response_head(response, {});
  require(std::ranges::count(head, '\n') == std::ranges::count(harmless, '\n'));
  require(std::ranges::count(head, '\r') == std::ranges::count(harmless, '\r'));
  require(head.find('\0') == std::string::npos);
}

// Boost.JSON refuses what is no UTF-8.
void check_json(std::string_view said) {
  JsonWriter json;
  json.object([&] { json.field("detail", said); });
  boost::json::error_code failed;
  const boost::json::value read = boost::json::parse(json.text(), failed);
  require(!failed && read.is_object() && read.as_object().size() == 1);
  require(std::ranges::all_of(json.text(), [](char c) { return static_cast<unsigned char>(c) >= 0x20; }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view said(reinterpret_cast<const char*>(data), size);
  check_head(said);
  check_json(said);
  return 0;
}
