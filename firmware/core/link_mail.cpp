#include "firmware/core/link_mail.hpp"

namespace heliograph::firmware {

LinkMail::News LinkMail::take() {
  const Guard guard(lock_);
  News news = news_;
  if (news.answered) news.answer = answer_.view();
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
  awaited_ = true;
  news_.answered.reset();  // to what was said before
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
  awaited_ = false;
  agent_.wake();
}

void LinkMail::called() {
  const Guard guard(lock_);
  news_.called = true;
  agent_.wake();
}

void LinkMail::answered(std::uint32_t number, std::string_view text) {
  const Guard guard(lock_);
  if (!awaited_ || number != number_) return;
  awaited_ = false;
  news_.answered = number;
  answer_.clear();
  answer_.append(text);
  agent_.wake();
}

bool LinkMail::has_word() const {
  const Guard guard(lock_);
  return !word_.empty();
}

std::size_t LinkMail::next(char* out) {
  const Guard guard(lock_);
  const std::size_t size = word_.view().copy(out, max_link_word);
  word_.clear();
  return size;
}

std::int64_t LinkMail::rests_until_ms() const {
  const Guard guard(lock_);
  return rest_until_ms_;
}

}  // namespace heliograph::firmware
