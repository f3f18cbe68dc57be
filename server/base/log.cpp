#include "server/base/log.hpp"

#include "server/base/time.hpp"

#include <cmath>
#include <cstddef>
#include <type_traits>

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace heliograph {
namespace {

std::string_view level_name(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warn";
    case LogLevel::error:
      break;
  }
  return "error";
}

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      break;
  }
  return spdlog::level::err;
}

// Our level names in spdlog's pattern: its own "warning" is wider than the column.
class LevelColumn final : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& out) override {
    const LogLevel level = message.level >= spdlog::level::err    ? LogLevel::error
                           : message.level == spdlog::level::warn ? LogLevel::warning
                           : message.level == spdlog::level::info ? LogLevel::info
                                                                  : LogLevel::debug;
    fmt::format_to(std::back_inserter(out), "{:<5}", level_name(level));
  }
  std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<LevelColumn>(); }
};

// Bytes of the well-formed UTF-8 character at the start of `text`; 0 when there is none (Unicode 15, table
// 3-7).
std::size_t utf8_length(std::string_view text) {
  const auto byte = [text](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto tail = [byte](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  const unsigned second = byte(1);
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return tail(1) ? 2 : 0;
  if (first < 0xF0) {
    const bool overlong = first == 0xE0 && second < 0xA0;
    const bool surrogate = first == 0xED && second > 0x9F;
    return tail(1) && tail(2) && !overlong && !surrogate ? 3 : 0;
  }
  const bool overlong = first == 0xF0 && second < 0x90;
  const bool beyond = first > 0xF4 || (first == 0xF4 && second > 0x8F);
  return tail(1) && tail(2) && tail(3) && !overlong && !beyond ? 4 : 0;
}

// Appends `text` with JSON's escapes for everything a terminal could take for an order (C0, DEL, C1) and
// U+FFFD for bytes that are not UTF-8. By hand because Boost.JSON passes DEL, C1 and broken UTF-8 through as
// they are.
void append_escaped(std::string& out, std::string_view text, bool quoted) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const auto first = static_cast<unsigned char>(text[0]);
    const bool c1 = length == 2 && first == 0xC2 && static_cast<unsigned char>(text[1]) < 0xA0;
    if (length == 0) {
      out += "\xEF\xBF\xBD";
    } else if (first == '\n') {
      out += "\\n";
    } else if (first < 0x20 || first == 0x7F || c1) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", c1 ? static_cast<unsigned char>(text[1]) : first);
    } else {
      if (quoted && (first == '"' || first == '\\')) out += '\\';
      out += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  append_escaped(out, text, true);
  out += '"';
}

// A value that a reader could take for more than one word, or for another fact, is quoted.
bool needs_quotes(std::string_view text) {
  return text.empty() || text.find_first_of(" =\"\\") != std::string_view::npos;
}

void append_value(std::string& out, const LogField& fact, LogFormat format) {
  std::visit(
      [&](const auto& value) {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::string_view>) {
          if (format == LogFormat::json || needs_quotes(value)) {
            append_quoted(out, value);
          } else {
            append_escaped(out, value, false);
          }
        } else if constexpr (std::is_same_v<Value, double>) {
          out += std::isfinite(value) ? fmt::format("{}", value) : "null";  // JSON has no infinity
        } else {
          out += fmt::format("{}", value);
        }
      },
      fact.value);
}

}  // namespace

std::string log_text(std::string_view sentence, std::initializer_list<LogField> facts) {
  std::string line;
  append_escaped(line, sentence, false);
  std::string_view separator = "  ";
  for (const LogField& fact : facts) {
    line += separator;
    line += fact.name;
    line += '=';
    append_value(line, fact, LogFormat::text);
    separator = " ";
  }
  return line;
}

std::string log_json(std::string_view time, std::string_view level, std::string_view sentence,
                     std::initializer_list<LogField> facts) {
  std::string line = R"({"time":)";
  append_quoted(line, time);
  line += R"(,"level":)";
  append_quoted(line, level);
  line += R"(,"message":)";
  append_quoted(line, sentence);
  for (const LogField& fact : facts) {
    line += ',';
    append_quoted(line, fact.name);
    line += ':';
    append_value(line, fact, LogFormat::json);
  }
  line += '}';
  return line;
}

struct Log::Impl {
  Impl(LogFormat line_format, LogLevel least)
      : format(line_format), logger("heliograph", std::make_shared<spdlog::sinks::stderr_color_sink_mt>()) {
    auto formatter = std::make_unique<spdlog::pattern_formatter>();
    formatter->add_flag<LevelColumn>('*');
    // In text the time is the reader's own; in JSON it is UTC, and the line is whole already.
    formatter->set_pattern(format == LogFormat::text ? "%H:%M:%S.%e %^%*%$ %v" : "%v");
    logger.set_formatter(std::move(formatter));
    logger.set_level(to_spdlog(least));
  }

  const LogFormat format;
  spdlog::logger logger;
};

Log::Log(LogFormat format, LogLevel least) : impl_(std::make_unique<Impl>(format, least)) {}
Log::~Log() = default;

void Log::write(LogLevel level, std::string_view sentence, std::initializer_list<LogField> facts) {
  const auto severity = to_spdlog(level);
  if (!impl_->logger.should_log(severity)) return;
  const std::string line = impl_->format == LogFormat::text
                               ? log_text(sentence, facts)
                               : log_json(to_iso(SystemClock{}.now()), level_name(level), sentence, facts);
  impl_->logger.log(severity, spdlog::string_view_t(line));
}

}  // namespace heliograph
