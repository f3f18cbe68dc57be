#include "server/http/multipart.hpp"

#include "server/http/text.hpp"

#include <algorithm>
#include <utility>

namespace heliograph::http {
namespace {

std::string_view as_text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::span<const std::uint8_t> as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// Takes a parameter's value from the front of `rest`: a token, or a quoted text with its escapes. A quote
// that is never closed ends with the value.
std::string take_value(std::string_view& rest) {
  std::string value;
  if (!rest.starts_with('"')) {
    const auto [token, after] = split_once(rest, ';');
    rest.remove_prefix(token.size());
    return std::string(trim(token));
  }
  std::size_t at = 1;
  for (; at < rest.size() && rest[at] != '"'; ++at) {
    if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
    value += rest[at];
  }
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return value;
}

// "form-data; name=\"image\"; filename=a.jpg" and "name" → "image". The first one counts.
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
  std::string_view rest = split_once(header, ';').second;
  while (!rest.empty()) {
    const auto equals = rest.find_first_of("=;");
    if (equals == std::string_view::npos) break;
    const std::string_view found = trim(rest.substr(0, equals));
    const bool has_value = rest[equals] == '=';
    rest.remove_prefix(equals + 1);
    if (!has_value) continue;
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    std::string value = take_value(rest);
    if (equals_ignoring_case(found, name)) return value;
    rest = split_once(rest, ';').second;
  }
  return std::nullopt;
}

std::string media_type(std::string_view header) {
  std::string type(trim(split_once(header, ';').first));
  std::ranges::transform(type, type.begin(), lower);
  return type;
}

PartHead read_part_head(std::string_view head) {
  PartHead part;
  while (!head.empty()) {
    const auto end = std::min(head.find("\r\n"), head.size());
    const auto [name, value] = split_once(head.substr(0, end), ':');
    if (equals_ignoring_case(trim(name), "Content-Disposition")) {
      part.name = parameter(value, "name").value_or("");
      part.filename = parameter(value, "filename").value_or("");
    } else if (equals_ignoring_case(trim(name), "Content-Type")) {
      part.type = media_type(value);
    }
    head.remove_prefix(std::min(end + 2, head.size()));
  }
  return part;
}

bool can_be_boundary(std::string_view text) {
  const auto printable = [](char c) { return c >= 0x20 && c < 0x7F; };
  return !text.empty() && text.size() <= max_boundary_bytes && text.back() != ' ' &&
         std::ranges::all_of(text, printable);
}

}  // namespace

Result<std::optional<std::string>> form_boundary(std::string_view content_type) {
  content_type = trim(content_type);
  if (content_type.starts_with('"')) {
    content_type.remove_prefix(1);
    if (content_type.ends_with('"')) content_type.remove_suffix(1);
  }
  if (media_type(content_type) != "multipart/form-data") return std::optional<std::string>{};
  auto boundary = parameter(content_type, "boundary");
  if (!boundary || !can_be_boundary(*boundary)) {
    return Error{ErrorKind::bad_request, "a form's Content-Type must name its boundary, of 1 to " +
                                             std::to_string(max_boundary_bytes) + " printable characters"};
  }
  return boundary;
}

MultipartReader::MultipartReader(std::string_view boundary) : delimiter_("\r\n--" + std::string(boundary)) {}

Result<MultipartReader::Step> MultipartReader::next(std::span<const std::uint8_t>& input) {
  while (!error_) {
    if (state_ == State::ended) return Step{Event::end, {}};
    const bool found = matched_ == delimiter_.size();  // by the call before
    if (input.empty() && !found) return Step{};
    if (state_ == State::preamble || state_ == State::part) {
      const Step step = search(input);
      if (state_ == State::part || step.event == Event::part_end) return step;
      preamble_bytes_ += step.bytes.size();
      if (preamble_bytes_ > max_preamble_bytes) {
        return refuse("the form does not begin with the boundary that its Content-Type names");
      }
      continue;
    }
    const auto c = static_cast<char>(input.front());
    input = input.subspan(1);
    if (state_ == State::head) {
      const auto whole = take_head(c);
      if (!whole) return whole.error();
      if (*whole) return Step{Event::part, {}};
    } else if (const auto taken = take_boundary_end(c); !taken) {
      return taken.error();
    }
  }
  return *error_;
}

// Looks for the delimiter. Its CR stands nowhere else in it, so what does not go on as the delimiter does can
// only be one that begins anew.
MultipartReader::Step MultipartReader::search(std::span<const std::uint8_t>& input) {
  const std::string_view text = as_text(input);
  if (matched_ > 0) {
    const std::string_view rest = std::string_view(delimiter_).substr(matched_);
    const auto same = static_cast<std::size_t>(std::ranges::mismatch(rest, text).in1 - rest.begin());
    input = input.subspan(same);
    matched_ += same;
    if (matched_ == delimiter_.size()) {
      const bool ends_part = state_ == State::part;
      state_ = State::behind_boundary;
      matched_ = 0;
      return {ends_part ? Event::part_end : Event::starved, {}};
    }
    if (input.empty()) return {};
    // What was held back is the part's own.
    return {Event::bytes, as_bytes(std::string_view(delimiter_).substr(0, std::exchange(matched_, 0)))};
  }
  std::size_t at = text.find(delimiter_);
  if (at == std::string_view::npos) {
    at = text.rfind('\r');
    if (at == std::string_view::npos || !delimiter_.starts_with(text.substr(at))) at = text.size();
  }
  matched_ = std::min(delimiter_.size(), text.size() - at);
  input = input.subspan(at + matched_);
  if (at > 0) return {Event::bytes, as_bytes(text.substr(0, at))};
  return search(input);
}

// "--" behind a boundary makes it the closing one; blanks and a line end make it a part's.
Result<void> MultipartReader::take_boundary_end(char c) {
  const bool blank = (c == ' ' || c == '\t') && ++padding_bytes_ <= max_part_head_bytes;
  if (state_ == State::behind_boundary && c == '-') {
    state_ = State::dash;
  } else if (state_ == State::dash && c == '-') {
    state_ = State::ended;
  } else if ((state_ == State::behind_boundary || state_ == State::padding) && (blank || c == '\r')) {
    state_ = c == '\r' ? State::line_end : State::padding;
  } else if (state_ == State::line_end && c == '\n') {
    state_ = State::head;
    head_.clear();
    if (++parts_ > max_form_parts) {
      return refuse("the form has more than " + std::to_string(max_form_parts) + " parts");
    }
  } else {
    return refuse("the form is malformed: behind a boundary stands neither a line end nor \"--\"");
  }
  return {};
}

Result<bool> MultipartReader::take_head(char c) {
  head_ += c;
  if (head_.size() > max_part_head_bytes) {
    return refuse("the header of a part of the form is larger than " + std::to_string(max_part_head_bytes) +
                  " bytes");
  }
  if (head_ != "\r\n" && !head_.ends_with("\r\n\r\n")) return false;
  part_ = read_part_head(head_);
  state_ = State::part;
  return true;
}

Error MultipartReader::refuse(std::string detail) {
  error_ = Error{ErrorKind::bad_request, std::move(detail)};
  return *error_;
}

}  // namespace heliograph::http
