// Whatever a header holds: it is refused, or what was read of it can be written again as it was.
#include "server/http/api/tus_headers.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace heliograph::http;

std::string encode_base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::string_view three = bytes.substr(at, 3);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group = (group << 8U) | (i < three.size() ? static_cast<unsigned char>(three[i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text += i <= three.size() ? digits[(group >> (18U - 6U * i)) & 63U] : '=';
    }
  }
  return text;
}

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto number = read_tus_number(text)) {
    require(read_tus_number(std::to_string(*number)) == number);
  }
  if (const auto bytes = decode_base64(text)) require(encode_base64(*bytes) == text);
  if (const auto checksum = read_tus_checksum(text)) {
    require(read_tus_checksum(checksum->algorithm + ' ' + encode_base64(checksum->digest)).value() ==
            *checksum);
  }
  if (const auto metadata = read_tus_metadata(text)) {
    require(metadata->size() <= max_metadata_keys);
    std::string again;
    for (const auto& [key, value] : *metadata) {
      again += (again.empty() ? "" : ",") + key + ' ' + encode_base64(value);
    }
    require(read_tus_metadata(again).value() == *metadata);
  }
  return 0;
}
