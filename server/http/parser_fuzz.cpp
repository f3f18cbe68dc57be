// A request means the same in whatever pieces it comes: else a proxy and we would see different requests in
// the same bytes.
#include "server/http/parser.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace heliograph::http;

constexpr std::uint64_t body_limit = 4096;

struct Reading {
  bool whole = false;  // the request is complete and acceptable
  Request request;
  std::string body;
  std::size_t left = 0;
};

// As a connection reads: what is not used is offered again, with `piece` more bytes.
Reading read(std::string_view text, std::size_t piece) {
  const Limits limits;
  RequestParser parser(limits);
  std::string window;
  std::string body;
  while (!text.empty() && !(parser.head_done() && parser.done())) {
    window += text.substr(0, piece);
    text.remove_prefix(std::min(piece, text.size()));
    if (!parser.head_done()) {
      window.erase(0, parser.read_head(window));
      if (parser.refusal()) return {};
      if (!parser.head_done()) continue;
      parser.limit_body(body_limit);
    }
    const auto read = parser.read_body(window);
    if (!read) return {};
    body.append(reinterpret_cast<const char*>(read->bytes.data()), read->bytes.size());
    window.erase(0, read->used);
  }
  if (!parser.head_done() || !parser.done()) return {};
  return {true, std::move(parser.request()), std::move(body), window.size() + text.size()};
}

bool same(const Reading& a, const Reading& b) {
  return a.whole == b.whole && a.request.method == b.request.method && a.request.path == b.request.path &&
         a.request.query == b.request.query && a.request.headers == b.request.headers && a.body == b.body &&
         a.left == b.left;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Reading whole = read(text, std::max<std::size_t>(text.size(), 1));
  if (whole.body.size() > body_limit) std::abort();
  const Reading pieces = read(text, 1U + data[0] % 32U);
  if (!same(whole, pieces)) std::abort();
  return 0;
}
