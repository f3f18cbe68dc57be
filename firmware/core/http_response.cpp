#include "firmware/core/http_response.hpp"

#include "firmware/core/http_date.hpp"
#include "protocol/upload.hpp"

#include <algorithm>
#include <charconv>

namespace heliograph::firmware {

namespace {

// The largest length that is believed: 2^53, as in protocol/. More is nonsense, and its arithmetic would
// overflow.
constexpr std::uint64_t max_length = std::uint64_t{1} << 53;
// The longest pause a Retry-After can ask for before arithmetic on it gets silly: a year. The planner allows
// far less.
constexpr std::int64_t max_retry_after_s = 366LL * 24 * 3600;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t";
  const std::size_t first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

// A whole number and nothing else; none also when it is above `max`.
std::optional<std::uint64_t> parse_number(std::string_view text, int base, std::uint64_t max) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size() || value > max) return std::nullopt;
  return value;
}

// Whether a comma-separated list (Connection: keep-alive, Upgrade) has this entry.
bool list_has(std::string_view list, std::string_view entry) {
  for (;;) {
    const std::size_t comma = list.find(',');
    if (equal_ignoring_case(trimmed(list.substr(0, comma)), entry)) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace

std::optional<std::int64_t> HttpResponse::retry_after_ms() const {
  if (head_.retry_after_s) return *head_.retry_after_s * 1000;
  if (head_.retry_at_ms && head_.date_ms)
    return std::clamp<std::int64_t>(*head_.retry_at_ms - *head_.date_ms, 0, max_retry_after_s * 1000);
  return std::nullopt;
}

void HttpResponse::clear(BodySink* sink) {
  state_ = State::status_line;
  untouched_ = true;
  head_complete_ = false;
  head_ = Head();
  until_close_ = false;
  remaining_ = 0;
  line_bytes_ = 0;
  body_size_ = 0;
  line_.clear();
  body_.clear();
  sink_ = sink;
}

std::size_t HttpResponse::feed(const char* data, std::size_t size) {
  std::size_t taken = 0;
  while (taken < size && !done() && !failed()) {
    untouched_ = false;
    if (!in_line()) {
      taken += take_body(data + taken, size - taken);
      continue;
    }
    const char c = data[taken++];
    if (++line_bytes_ > max_line_bytes) {
      fail();
    } else if (c == '\n') {
      take_line();
    } else {
      line_.append(c);
    }
  }
  // Bytes behind the response answer nothing that was asked: the connection is out of step.
  if (taken < size) head_.keep_alive = false;
  return taken;
}

void HttpResponse::end_of_stream() {
  if (until_close_ && state_ == State::body) {
    state_ = State::done;
  } else if (!done()) {
    fail();
  }
}

bool HttpResponse::in_line() const {
  return state_ != State::body && state_ != State::chunk_data;
}

void HttpResponse::take_line() {
  std::string_view line = line_.view();
  if (!line_.truncated() && !line.empty() && line.back() == '\r') line.remove_suffix(1);
  switch (state_) {
    case State::status_line:
      read_status_line(line);
      break;
    case State::header:
      line.empty() ? end_of_head() : read_header(line);
      break;
    case State::chunk_size:
      read_chunk_size(line);
      break;
    case State::chunk_end:
      line.empty() ? void(state_ = State::chunk_size) : fail();
      break;
    case State::trailer:
      if (line.empty()) state_ = State::done;
      break;
    case State::body:
    case State::chunk_data:
    case State::done:
    case State::failed:
      break;
  }
  line_.clear();
}

// HTTP/1.1 201 Created
void HttpResponse::read_status_line(std::string_view line) {
  const bool http_1 = line.substr(0, 7) == "HTTP/1." && line.size() >= 12 && line[8] == ' ';
  const auto status = http_1 ? parse_number(line.substr(9, 3), 10, 599) : std::nullopt;
  const bool ends_there = line.size() == 12 || (line.size() > 12 && line[12] == ' ');
  if (!status || *status < 100 || !ends_there) return fail();
  head_.status = static_cast<int>(*status);
  head_.keep_alive = line[7] != '0';
  state_ = State::header;
}

void HttpResponse::read_header(std::string_view line) {
  const std::size_t colon = line.find(':');
  // A line that begins with a blank continues the one before: no server of this century writes that,
  // attackers do.
  if (colon == std::string_view::npos || line.front() == ' ' || line.front() == '\t') return fail();
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trimmed(line.substr(colon + 1));

  if (equal_ignoring_case(name, "Content-Length")) {
    read_content_length(value);
  } else if (equal_ignoring_case(name, "Transfer-Encoding")) {
    read_transfer_encoding(value);
  } else if (equal_ignoring_case(name, "Content-Range")) {
    read_content_range(value);
  } else if (equal_ignoring_case(name, "Connection")) {
    if (list_has(value, "close")) head_.keep_alive = false;
  } else if (equal_ignoring_case(name, "ETag")) {
    read_entity_tag(value);
  } else if (equal_ignoring_case(name, "Date")) {
    head_.date_ms = parse_http_date(value);
  } else if (equal_ignoring_case(name, "Retry-After")) {
    const auto seconds = parse_number(value, 10, static_cast<std::uint64_t>(max_retry_after_s));
    if (seconds) head_.retry_after_s = static_cast<std::int64_t>(*seconds);
    head_.retry_at_ms = parse_http_date(value);
  } else {
    read_upload_header(name, value);
  }
}

void HttpResponse::read_entity_tag(std::string_view value) {
  head_.entity_tag.clear();
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return;
  const std::string_view tag = value.substr(1, value.size() - 2);
  // What could not be said back in a header, or kept as JSON.
  for (const char c : tag) {
    if (c <= ' ' || c > '~' || c == '"' || c == '\\') return;
  }
  if (tag.size() <= EntityTag::max_size) head_.entity_tag.append(tag);
}

void HttpResponse::read_upload_header(std::string_view name, std::string_view value) {
  if (equal_ignoring_case(name, "Location")) {
    head_.upload.location = Text<96>(value);
  } else if (equal_ignoring_case(name, "Upload-Offset")) {
    head_.upload.offset = parse_number(value, 10, max_length);
  } else if (equal_ignoring_case(name, protocol::image_header)) {
    head_.upload.image_id = Text<16>(value);
  } else if (equal_ignoring_case(name, protocol::orders_header)) {
    head_.upload.has_orders = true;
  }
}

void HttpResponse::read_content_length(std::string_view value) {
  const auto length = parse_number(value, 10, max_length);
  if (!length || (head_.content_length && *head_.content_length != *length)) return fail();
  head_.content_length = length;
}

void HttpResponse::read_transfer_encoding(std::string_view value) {
  if (!equal_ignoring_case(value, "chunked")) return fail();
  head_.chunked = true;
}

// bytes 65536-131071/8123456
void HttpResponse::read_content_range(std::string_view value) {
  constexpr std::string_view unit = "bytes ";
  const std::size_t dash = value.find('-');
  if (value.substr(0, unit.size()) != unit || dash == std::string_view::npos) return;
  head_.range.first = parse_number(value.substr(unit.size(), dash - unit.size()), 10, max_length);
}

void HttpResponse::end_of_head() {
  if (head_.status == 101) return fail();
  if (head_.status < 200) {  // "100 Continue", "103 Early Hints": the real one follows
    head_ = Head();
    state_ = State::status_line;
    return;
  }
  head_complete_ = true;
  if (head_.chunked) {
    // A length beside chunks is how requests are smuggled; the connection is not trusted with another one.
    if (head_.content_length) head_.keep_alive = false;
    state_ = State::chunk_size;
    return;
  }
  const bool bodiless = head_.status == 204 || head_.status == 304;
  until_close_ = !bodiless && !head_.content_length;
  if (until_close_) head_.keep_alive = false;
  remaining_ = bodiless ? 0 : head_.content_length.value_or(0);
  state_ = State::body;
  if (!until_close_ && remaining_ == 0) state_ = State::done;
}

// 1a2b;extension
void HttpResponse::read_chunk_size(std::string_view line) {
  const auto size = parse_number(trimmed(line.substr(0, line.find(';'))), 16, max_length);
  if (!size) return fail();
  remaining_ = *size;
  state_ = *size == 0 ? State::trailer : State::chunk_data;
}

std::size_t HttpResponse::take_body(const char* data, std::size_t size) {
  const std::size_t taken =
      until_close_ ? size : static_cast<std::size_t>(std::min<std::uint64_t>(size, remaining_));
  body_.append(std::string_view(data, taken));
  if (sink_ != nullptr && taken > 0) sink_->take(head_.status, head_.range, data, taken);
  body_size_ += taken;
  if (!until_close_) remaining_ -= taken;
  if (body_size_ > max_drained_body) {
    head_.keep_alive = false;
    state_ = State::done;
  } else if (!until_close_ && remaining_ == 0) {
    state_ = state_ == State::chunk_data ? State::chunk_end : State::done;
  }
  return taken;
}

}  // namespace heliograph::firmware
