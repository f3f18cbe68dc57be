#include "protocol/manifest.hpp"

#include <charconv>

namespace heliograph::protocol {
namespace {

// A whole number as there is one way to write it.
bool read_number(std::string_view text, std::uint64_t most, std::uint64_t& number) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool canonical = !text.empty() && (text.front() != '0' || text.size() == 1);
  if (error != std::errc() || end != text.data() + text.size() || !canonical || value > most) return false;
  number = value;
  return true;
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The lines one after the other.
class Lines {
 public:
  explicit Lines(std::string_view bytes) : bytes_(bytes.substr(0, max_manifest)) {}

  // The value of the next line, whose name this is; "" when it is another one, or cut off. No value is empty.
  std::string_view value(std::string_view name) {
    const std::string_view rest = bytes_.substr(read_);
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos || rest.substr(0, name.size()) != name) return {};
    if (end <= name.size() || rest[name.size()] != ' ') return {};
    read_ += end + 1;
    return rest.substr(name.size() + 1, end - name.size() - 1);
  }

  std::string_view so_far() const { return bytes_.substr(0, read_); }

 private:
  std::string_view bytes_;
  std::size_t read_ = 0;
};

}  // namespace

bool read_hex(std::string_view text, std::uint8_t* bytes, std::size_t size) {
  if (text.size() != 2 * size) return false;
  for (std::size_t i = 0; i < size; ++i) {
    const int high = digit_of(text[2 * i]);
    const int low = digit_of(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return true;
}

bool read_version(std::string_view text, Version& version) {
  std::uint16_t numbers[3] = {};
  for (int i = 0; i < 3; ++i) {
    const std::size_t dot = i < 2 ? text.find('.') : text.size();
    std::uint64_t number = 0;
    if (dot == std::string_view::npos || !read_number(text.substr(0, dot), 65'535, number)) return false;
    numbers[i] = static_cast<std::uint16_t>(number);
    text.remove_prefix(i < 2 ? dot + 1 : dot);
  }
  version = {numbers[0], numbers[1], numbers[2]};
  return true;
}

int compare(const Version& a, const Version& b) {
  if (a.major != b.major) return a.major < b.major ? -1 : 1;
  if (a.minor != b.minor) return a.minor < b.minor ? -1 : 1;
  if (a.patch != b.patch) return a.patch < b.patch ? -1 : 1;
  return 0;
}

bool model_valid(std::string_view text) {
  if (text.empty() || text.size() > max_model) return false;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    if (!plain) return false;
  }
  return true;
}

bool read_manifest(std::string_view bytes, Manifest& manifest) {
  Lines lines(bytes);
  Manifest read;
  std::uint64_t security = 0;
  if (lines.value("heliograph-firmware") != "1") return false;
  read.model = lines.value("model");
  if (!model_valid(read.model)) return false;
  read.version_text = lines.value("version");
  if (!read_version(read.version_text, read.version)) return false;
  if (!read_number(lines.value("security"), UINT32_MAX, security)) return false;
  read.security = static_cast<std::uint32_t>(security);
  const std::string_view downgrade = lines.value("downgrade");
  if (downgrade != "yes" && downgrade != "no") return false;
  read.downgrade = downgrade == "yes";
  if (!read_number(lines.value("size"), max_image_bytes, read.size) || read.size == 0) return false;
  if (!read_hex(lines.value("sha256"), read.sha256.data(), read.sha256.size())) return false;
  if (!read_hex(lines.value("key"), read.key.data(), read.key.size())) return false;
  read.signed_text = lines.so_far();
  if (!read_hex(lines.value("signature"), read.signature.data(), read.signature.size())) return false;
  read.text = lines.so_far();
  manifest = read;
  return true;
}

}  // namespace heliograph::protocol
