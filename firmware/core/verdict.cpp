#include "firmware/core/verdict.hpp"

#include "firmware/core/json_text.hpp"

namespace heliograph::firmware {

namespace {

Verdict verdict_of_error(int status) {
  switch (status) {
    case 400:  // malformed
    case 409:  // this name belongs to another picture
    case 413:  // too large
    case 415:  // not the type that was said
    case 422:  // not a JPEG
      return Verdict::refused;
    case 408:  // too slow
    case 423:  // an upload that is being stored just now
    case 425:  // too early
    case 429:  // too often
      return Verdict::try_again;
    default:
      // 401 and 403 are the key. 404, 405 and redirects are the address: whoever answers is not Heliograph,
      // so what it says of a picture does not count, and the picture is kept.
      return status >= 500 ? Verdict::try_again : Verdict::needs_owner;
  }
}

void explain_silence(ExchangeStatus exchange, std::string_view network_error, Text<256>& reason) {
  switch (exchange) {
    case ExchangeStatus::no_connection:
      reason.append("no connection: ").append(network_error);
      return;
    case ExchangeStatus::lost:
      reason.append("the connection broke before the answer came");
      return;
    case ExchangeStatus::timeout:
      reason.append("no answer in time");
      return;
    case ExchangeStatus::not_http:
      reason.append("what answered does not speak HTTP");
      return;
    case ExchangeStatus::answered:
      return;
  }
}

void explain_error(const HttpResponse& response, Answer& answer) {
  answer.reason.append(json_string<200>(response.body(), "detail").view());
  if (!answer.reason.empty()) return;
  if (answer.status == 401 || answer.status == 403) {
    answer.reason.append("the server does not accept this camera's key");
  } else if (answer.verdict == Verdict::needs_owner) {
    answer.reason.append("whatever answers at this address is not a Heliograph server");
  } else {
    answer.reason.append("the server gave no reason");
  }
}

}  // namespace

Answer judge(ExchangeStatus exchange, const HttpResponse& response, std::string_view network_error) {
  Answer answer;
  if (exchange != ExchangeStatus::answered) {
    explain_silence(exchange, network_error, answer.reason);
    return answer;
  }
  answer.status = response.status();
  answer.retry_after_ms = response.retry_after_ms();

  if (answer.status < 200 || answer.status > 299) {
    answer.verdict = verdict_of_error(answer.status);
    explain_error(response, answer);
    return answer;
  }
  // Captive portals answer 200 to everything. Only a receipt with an id means that the picture is safe.
  answer.image_id = json_string<16>(response.body(), "id");
  answer.filename = json_string<64>(response.body(), "filename");
  answer.duplicate = json_member(response.body(), "duplicate").value_or("") == "true";
  if (!answer.image_id.empty()) {
    answer.verdict = Verdict::stored;
  } else if (!response.done()) {
    answer.reason.append("the connection broke within the receipt");
  } else {
    answer.verdict = Verdict::needs_owner;
    answer.reason.append(
        "the answer is no receipt: a login page of the "
        "network, or another server?");
  }
  return answer;
}

Answer judge_heartbeat(ExchangeStatus exchange, const HttpResponse& response,
                       std::string_view network_error) {
  Answer answer = judge(exchange, response, network_error);
  // A captive portal's page has no time of the server.
  const bool heard = exchange == ExchangeStatus::answered && answer.status == 200 &&
                     json_member(response.body(), "server_time").has_value();
  if (heard) answer.verdict = Verdict::stored;
  if (!heard && answer.verdict == Verdict::refused) answer.verdict = Verdict::needs_owner;
  if (!heard && answer.verdict == Verdict::stored) answer.verdict = Verdict::needs_owner;
  return answer;
}

}  // namespace heliograph::firmware
