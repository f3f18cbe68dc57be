// Whatever a request's head says in its fields and its query: it is refused, or what was read of it keeps the
// limits that everybody behind relies on.
#include "protocol/upload.hpp"
#include "server/http/api/gallery_query.hpp"
#include "server/http/api/upload_headers.hpp"
#include "server/http/assets.hpp"
#include "server/http/conditional.hpp"
#include "server/http/parser.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace heliograph;
using namespace heliograph::http;

constexpr std::uint64_t file_bytes = 1000;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_delivery(const Request& request) {
  for (const std::uint64_t size : {std::uint64_t{0}, file_bytes}) {
    const Delivery delivery = decide_delivery(request, {"etag", from_ms(0), size});
    require(delivery.offset <= size && delivery.length <= size - delivery.offset);
    require(delivery.status != 206 || delivery.length > 0);
    require(delivery.status != 200 || delivery.length == size);
  }
}

void check_pages(const Request& request) {
  if (const auto query = read_page_query(request)) {
    require(query->limit >= 1 && query->limit <= catalog::max_page);
    if (query->after) require(read_cursor(cursor_text(*query->after)) == query->after);
  }
  if (const auto page = read_quarantine_page(request)) {
    require(page->limit >= 1 && page->limit <= catalog::max_page);
  }
}

void check_upload(const Request& request) {
  if (const auto key = read_key(request); key && *key) {
    require((*key)->find_first_of("\r\n") == std::string::npos);
  }
  const auto upload = read_device_headers(request);
  if (!upload) return;
  require(protocol::boot_id_valid(upload->sender->boot));
  require(upload->sender->sequence >= 0);
  require(upload->sender->sequence <= static_cast<std::int64_t>(protocol::max_sequence));
  if (!upload->captured_at) return;
  require(to_ms(*upload->captured_at) >= protocol::min_captured_at_ms);
  require(to_ms(*upload->captured_at) <= protocol::max_captured_at_ms);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Limits limits;
  RequestParser parser(limits);
  parser.read_head({reinterpret_cast<const char*>(data), size});
  if (!parser.head_done() || parser.refusal()) return 0;
  const Request& request = parser.request();
  check_delivery(request);
  check_pages(request);
  check_upload(request);
  accepts_gzip(request.header("Accept-Encoding").value_or(""));
  wants_json(request);
  return 0;
}
