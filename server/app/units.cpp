#include "server/app/units.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <map>

#include <CLI/CLI.hpp>

namespace heliograph::app {
namespace {

// What one of CLI11's readers of numbers with units makes of `text`.
template <class Number>
Result<Number> read(const CLI::Validator& reader, const std::string& text, const char* looks_like) {
  const Error wrong{ErrorKind::bad_request,
                    std::string("it must look like ") + looks_like + "; \"" + text + "\" does not"};
  // A number that is too large is not refused by the reader but cut.
  Number digits{};
  if (std::from_chars(text.data(), text.data() + text.size(), digits).ec != std::errc() || digits < 0)
    return wrong;
  std::string number = text;
  Number value{};
  try {
    if (!reader(number).empty() || !CLI::detail::lexical_cast(number, value)) return wrong;
  } catch (const CLI::ValidationError&) {  // too large, or a unit there is not
    return wrong;
  }
  return value;
}

}  // namespace

Result<std::uint64_t> parse_size(const std::string& text) {
  return read<std::uint64_t>(CLI::AsSizeValue(false), text, "20G or 500M");
}

Result<std::int64_t> parse_days(const std::string& text) {
  static const CLI::AsNumberWithUnit reader(
      std::map<std::string, std::int64_t>{{"d", 1}, {"w", 7}, {"y", 365}},
      CLI::AsNumberWithUnit::CASE_INSENSITIVE);
  return read<std::int64_t>(reader, text, "7d, 2w or 1y");
}

std::string size_text(std::int64_t bytes) {
  constexpr std::array units{"bytes", "KiB", "MiB", "GiB", "TiB"};
  constexpr double step = 1024;
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= step && unit + 1 < units.size(); ++unit) value /= step;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
  return text.data();
}

}  // namespace heliograph::app
