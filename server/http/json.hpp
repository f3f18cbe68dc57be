// Writes JSON straight into a string. Nothing is read here.
//
// A thin header on purpose: every handler includes it. Boost.JSON would build a tree of values first only to
// print it, and does not look whether a text is UTF-8 when it does.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace heliograph::http {

// Values are appended in order; commas come by themselves, brackets are closed by the end of a lambda:
//
//   JsonWriter json;
//   json.object([&] {
//     json.field("id", to_string(image.id));
//     json.key("runs").array([&] {
//       for (const Run& run : runs) json.value(run.start);
//     });
//   });
//   return json_response(200, std::move(json).text());
class JsonWriter {
 public:
  template <std::invocable Fill>
  void object(Fill&& fill) {
    open('{');
    std::forward<Fill>(fill)();
    close('}');
  }

  template <std::invocable Fill>
  void array(Fill&& fill) {
    open('[');
    std::forward<Fill>(fill)();
    close(']');
  }

  // The name of the next value, which must follow.
  JsonWriter& key(std::string_view name);

  // Bytes that are not UTF-8 become U+FFFD, so that what is written is JSON whatever is shown in it.
  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(bool truth);
  void value(double number);  // null if it is not finite: JSON has no such number
  void value(std::nullptr_t);
  // What is JSON already.
  void raw(std::string_view json);
  template <std::integral Integer>
    requires(!std::same_as<Integer, bool>)
  void value(Integer number) {
    if constexpr (std::signed_integral<Integer>) {
      signed_value(number);
    } else {
      unsigned_value(number);
    }
  }
  template <class T>
  void value(const std::optional<T>& maybe) {
    if (maybe) {
      value(*maybe);
    } else {
      value(nullptr);
    }
  }

  template <class T>
  void field(std::string_view name, T&& content) {
    key(name).value(std::forward<T>(content));
  }

  const std::string& text() const& { return text_; }
  std::string text() && { return std::move(text_); }

 private:
  void open(char bracket);
  void close(char bracket);
  void separate();
  void string(std::string_view text);
  void signed_value(std::int64_t number);
  void unsigned_value(std::uint64_t number);

  std::string text_;
  bool comma_ = false;  // a value stands before the next one on the same level
};

}  // namespace heliograph::http
