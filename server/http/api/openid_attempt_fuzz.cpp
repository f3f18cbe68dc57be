// What comes as an attempt's cookie: it is none, or one that leads nowhere but here and is written as it was
// read.
#include "server/http/api/openid_attempt.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Timestamp now = from_ms(1'800'000'000'000);
  if (http::is_own_path(text) && (text.size() < 1 || text[0] != '/' || (text.size() > 1 && text[1] == '/'))) {
    std::abort();
  }
  const auto attempt = http::read_attempt(text, now);
  if (!attempt) return 0;
  if (!http::is_own_path(attempt->go_on) || attempt->begun_at > now) std::abort();
  const std::string written = http::write_attempt(*attempt);
  if (written.find_first_of(" ;,\"\\\r\n") != std::string::npos) std::abort();
  if (http::read_attempt(written, now) != attempt) std::abort();
  return 0;
}
