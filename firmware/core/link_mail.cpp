#include "firmware/core/link_mail.hpp"

namespace heliograph::firmware {

LinkMail::News LinkMail::take(LinkAnswer& body) {
  const Guard guard(lock_);
  const News news = news_;
  if (news.answered) body = body_;
  news_ = {};
  news_.up = news.up;
  return news;
}

std::optional<std::uint32_t> LinkMail::say(std::string_view heartbeat) {
  const Guard guard(lock_);
  if (!news_.up) return std::nullopt;
  word_.clear();
  word_.append(R"({"type":"heartbeat","number":)").append_number(++number_).append(",");
  word_.append(heartbeat.substr(1));
  link_.wake();
  return number_;
}

void LinkMail::rest(std::int64_t until_ms) {
  const Guard guard(lock_);
  rest_until_ms_ = until_ms;
  if (news_.up) link_.wake();
}

void LinkMail::stands(bool up) {
  const Guard guard(lock_);
  news_ = {};
  news_.up = up;
  news_.changed = true;
  word_.clear();
  agent_.wake();
}

void LinkMail::called() {
  const Guard guard(lock_);
  news_.called = true;
  agent_.wake();
}

void LinkMail::answered(std::uint32_t number, std::string_view text) {
  const Guard guard(lock_);
  news_.answered = number;
  body_.clear();
  body_.append(text);
  agent_.wake();
}

bool LinkMail::has_word() const {
  const Guard guard(lock_);
  return !word_.empty();
}

void LinkMail::next(LinkWord& word) {
  const Guard guard(lock_);
  word = word_;
  word_.clear();
}

std::int64_t LinkMail::rests_until_ms() const {
  const Guard guard(lock_);
  return rest_until_ms_;
}

}  // namespace heliograph::firmware
