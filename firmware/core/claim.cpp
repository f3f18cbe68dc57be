#include "firmware/core/claim.hpp"

#include "firmware/core/crc32.hpp"
#include "firmware/core/json_text.hpp"
#include "firmware/core/verdict.hpp"
#include "protocol/upload.hpp"

#include <algorithm>
#include <charconv>

namespace heliograph::firmware {
namespace {

constexpr std::string_view letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::size_t random_length = 30;
constexpr std::size_t check_length = 6;

// How soon the server may be asked again, whatever it says: every second at most, every minute at least.
constexpr std::int64_t min_pause_s = 1;
constexpr std::int64_t max_pause_s = 60;

std::int64_t pause_of(const HttpResponse& response) {
  std::int64_t pause_s = 5;
  if (const auto told = json_member(response.body(), "ask_again_s")) {
    std::from_chars(told->data(), told->data() + told->size(), pause_s);
  }
  return std::min(std::max(pause_s, min_pause_s), max_pause_s) * 1000;
}

}  // namespace

CameraKey make_camera_key(Random& random) {
  CameraKey key(std::string_view("cam_"));
  const std::size_t prefix = key.view().size();
  while (key.view().size() < prefix + random_length) {
    std::uint32_t bits = random.next();
    for (int byte = 0; byte < 4; ++byte, bits >>= 8) {
      const std::uint32_t drawn = bits & 0xff;
      // Above 4 × 62 the remainder would favour the first letters.
      if (drawn < 248 && key.view().size() < prefix + random_length) key.append(letters[drawn % 62]);
    }
  }
  const std::string_view drawn = key.view().substr(prefix);
  std::uint32_t rest = crc32(drawn.data(), drawn.size());
  char check[check_length];
  for (std::size_t i = check_length; i-- > 0; rest /= 62) check[i] = letters[rest % 62];
  key.append({check, check_length});
  return key;
}

void write_claim(const Server& server, std::string_view model, ClaimRequest& request) {
  request.body.clear();
  request.body.append("{\"model\":\"");
  for (const char c : model.substr(0, max_model_length)) {
    const bool plain = c >= ' ' && c <= '~' && c != '"' && c != '\\';
    request.body.append(plain ? c : '?');
  }
  request.body.append("\"}");
  request.head.clear();
  write_request_line("POST", server, protocol::claim_path, request.head);
  request.head.append("\r\nAuthorization: Bearer ").append(server.key);
  request.head.append("\r\nContent-Type: application/json\r\nContent-Length: ")
      .append_number(request.body.view().size());
  request.head.append("\r\n\r\n");
}

ClaimAnswer judge_claim(ExchangeStatus exchange, const HttpResponse& response,
                        std::string_view network_error) {
  ClaimAnswer answer;
  const bool answered = exchange == ExchangeStatus::answered;
  if (answered && response.status() == 202) {
    answer.code = json_string<16>(response.body(), "code");
    if (!answer.code.empty()) {
      answer.state = ClaimAnswer::State::waiting;
      answer.pause_ms = pause_of(response);
      return answer;
    }
  }
  if (answered && response.status() == 200 &&
      json_string<16>(response.body(), "state").view() == "accepted") {
    answer.state = ClaimAnswer::State::accepted;
    answer.name = json_string<64>(response.body(), "name");
    return answer;
  }
  // Whatever else was said means the same as to a picture.
  const Answer verdict = judge(exchange, response, network_error);
  const bool passing = verdict.verdict == Verdict::try_again;
  answer.state = passing ? ClaimAnswer::State::try_again : ClaimAnswer::State::hopeless;
  answer.pause_ms = std::min(verdict.retry_after_ms.value_or(answer.pause_ms), max_pause_s * 1000);
  answer.reason = verdict.reason;
  return answer;
}

}  // namespace heliograph::firmware
