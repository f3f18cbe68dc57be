#include "server/base/id.hpp"

#include <random>

namespace heliograph {
namespace {

constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t text_length = 13;  // 13 × 5 bits ≥ 63
constexpr int random_bits = 20;

}  // namespace

std::string id_text(std::int64_t value) {
  std::string text(text_length, '0');
  auto rest = static_cast<std::uint64_t>(value);
  for (std::size_t i = text_length; i-- > 0; rest >>= 5) text[i] = alphabet[rest & 31U];
  return text;
}

std::optional<std::int64_t> id_value(std::string_view text) {
  if (text.size() != text_length || text[0] > '7')
    return std::nullopt;  // above '7' the 64th bit would be set
  std::uint64_t value = 0;
  for (const char c : text) {
    const auto digit = alphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    value = (value << 5U) | digit;
  }
  return static_cast<std::int64_t>(value);
}

std::int64_t IdSource::next_value() {
  thread_local std::mt19937_64 random{std::random_device{}()};
  const std::int64_t noise = static_cast<std::int64_t>(random() >> (64 - random_bits));
  const std::int64_t fresh = (to_ms(clock_.now()) << random_bits) | noise;
  const std::lock_guard lock(mutex_);
  last_ = fresh > last_ ? fresh : last_ + 1;
  return last_;
}

}  // namespace heliograph
