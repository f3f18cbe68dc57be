// The structured log: a sentence and named facts. A line for a person on a terminal, a JSON object otherwise.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace heliograph {

enum class LogLevel { debug, info, warning, error };
enum class LogFormat { text, json };

// One named fact. `value` is only read during the call.
struct LogField {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double, bool> value;

  LogField(std::string_view n, std::string_view v) : name(n), value(v) {}
  LogField(std::string_view n, const std::string& v) : name(n), value(std::string_view(v)) {}
  LogField(std::string_view n, const char* v) : name(n), value(std::string_view(v)) {}
  LogField(std::string_view n, bool v) : name(n), value(v) {}
  LogField(std::string_view n, double v) : name(n), value(v) {}
  template <class Integer>
    requires std::is_integral_v<Integer>
  LogField(std::string_view n, Integer v) : name(n), value(static_cast<std::int64_t>(v)) {}
};

// Where lines go. Any thread; a line is written whole. Control characters in texts are escaped, so that
// nobody can forge a line by what they send.
class Log {
 public:
  // Writes to standard error. `least` is the lowest level that is written.
  Log(LogFormat format, LogLevel least);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void debug(std::string_view sentence, std::initializer_list<LogField> facts = {}) {
    write(LogLevel::debug, sentence, facts);
  }
  void info(std::string_view sentence, std::initializer_list<LogField> facts = {}) {
    write(LogLevel::info, sentence, facts);
  }
  void warning(std::string_view sentence, std::initializer_list<LogField> facts = {}) {
    write(LogLevel::warning, sentence, facts);
  }
  void error(std::string_view sentence, std::initializer_list<LogField> facts = {}) {
    write(LogLevel::error, sentence, facts);
  }

 private:
  void write(LogLevel level, std::string_view sentence, std::initializer_list<LogField> facts);

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The body of one line, without time and level: pure, so that tests can read it.
std::string log_text(std::string_view sentence, std::initializer_list<LogField> facts);
std::string log_json(std::string_view time, std::string_view level, std::string_view sentence,
                     std::initializer_list<LogField> facts);

}  // namespace heliograph
