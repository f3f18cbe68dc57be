// Any bytes in pieces of any size: no crash, and the pieces make no difference.
#include "firmware/core/http_response.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using heliograph::firmware::HttpResponse;

namespace {

std::size_t feed_in_pieces(HttpResponse& response, const char* data, std::size_t size, std::size_t piece) {
  std::size_t at = 0;
  while (at < size && !response.done() && !response.failed()) {
    at += response.feed(data + at, std::min(piece, size - at));
  }
  return at;
}

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto* text = reinterpret_cast<const char*>(data + 1);
  const std::size_t text_size = size - 1;
  const std::size_t piece = std::max<std::size_t>(1, data[0]);

  HttpResponse whole;
  HttpResponse pieces;
  const std::size_t whole_taken = feed_in_pieces(whole, text, text_size, std::max<std::size_t>(1, text_size));
  const std::size_t pieces_taken = feed_in_pieces(pieces, text, text_size, piece);
  require(whole.done() == pieces.done());
  require(whole.failed() == pieces.failed());
  require(whole.head_complete() == pieces.head_complete());
  require(whole.status() == pieces.status());
  require(whole.body() == pieces.body());
  require(whole.retry_after_ms() == pieces.retry_after_ms());
  require(whole.upload().location.view() == pieces.upload().location.view());
  require(whole.upload().offset == pieces.upload().offset);
  require(whole.upload().image_id.view() == pieces.upload().image_id.view());
  // A body that is given up as too long ends wherever a piece ends.
  if (text_size <= heliograph::firmware::max_drained_body) require(whole_taken == pieces_taken);

  whole.end_of_stream();
  require(whole.done() || whole.failed());
  return 0;
}
