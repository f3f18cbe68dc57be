#include "server/http/api/json_body.hpp"

#include "server/http/text.hpp"

#include <algorithm>

namespace heliograph::http {
namespace {

Error wrong(std::string_view name, std::string_view must_be) {
  return {ErrorKind::bad_request, "`" + std::string(name) + "` must be " + std::string(must_be)};
}

// Null: it is not there.
const boost::json::value* find(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains({name.data(), name.size()});
  return value == nullptr || value->is_null() ? nullptr : value;
}

}  // namespace

Result<boost::json::object> parse_object(std::string_view text, Names known) {
  boost::system::error_code failed;
  boost::json::value value = boost::json::parse({text.data(), text.size()}, failed);
  if (failed || !value.is_object()) return Error{ErrorKind::bad_request, "the body must be a JSON object"};
  for (const auto& [key, content] : value.get_object()) {
    const std::string_view name(key.data(), key.size());
    if (std::ranges::find(known, name) != known.end()) continue;
    std::string sentence = "there is no `" + std::string(name) + "` here; there are";
    for (const std::string_view one : known) sentence.append(" ").append(one);
    return Error{ErrorKind::bad_request, std::move(sentence)};
  }
  return std::move(value.get_object());
}

Task<Result<std::string>> read_text(Request& request, std::string_view type) {
  const auto sent = split_once(request.header("Content-Type").value_or(""), ';').first;
  if (!equals_ignoring_case(trim(sent), type)) {
    co_return Error{ErrorKind::unsupported, "the body must come as Content-Type: " + std::string(type)};
  }
  std::string text;
  for (;;) {
    const auto piece = co_await request.body->next();
    if (!piece) co_return piece.error();
    if (piece->empty()) break;
    text.append(reinterpret_cast<const char*>(piece->data()), piece->size());
  }
  co_return text;
}

Task<Result<boost::json::object>> read_object(Request& request, Names known) {
  const auto text = co_await read_text(request, "application/json");
  if (!text) co_return text.error();
  co_return parse_object(*text, known);
}

Result<std::string> text_of(const boost::json::object& object, std::string_view name) {
  auto text = optional_text_of(object, name);
  if (!text) return text.error();
  if (!*text) return wrong(name, "a text");
  return std::move(**text);
}

Result<std::optional<std::string>> optional_text_of(const boost::json::object& object,
                                                    std::string_view name) {
  const auto* value = find(object, name);
  if (value == nullptr) return std::optional<std::string>{};
  if (!value->is_string()) return wrong(name, "a text");
  const auto& text = value->get_string();
  return std::optional(std::string(text.data(), text.size()));
}

Result<std::optional<std::int64_t>> optional_integer_of(const boost::json::object& object,
                                                        std::string_view name) {
  const auto* value = find(object, name);
  if (value == nullptr) return std::optional<std::int64_t>{};
  if (!value->is_int64()) return wrong(name, "a whole number");
  return std::optional(value->get_int64());
}

Result<std::optional<bool>> optional_bool_of(const boost::json::object& object, std::string_view name) {
  const auto* value = find(object, name);
  if (value == nullptr) return std::optional<bool>{};
  if (!value->is_bool()) return wrong(name, "true or false");
  return std::optional(value->get_bool());
}

}  // namespace heliograph::http
