#include "firmware/core/root_keeper.hpp"

#include "firmware/core/json_text.hpp"
#include "firmware/core/state_file.hpp"
#include "protocol/upload.hpp"

namespace heliograph::firmware {
namespace {

constexpr std::string_view file_name = "ROOTS.TXT";
using File = Text<EntityTag::max_size + 64 + state_trailer_size>;

}  // namespace

void RootKeeper::recover(std::int64_t now_ms) {
  File file;
  file.assign([this](char* text, std::size_t capacity) {
    return kept_state(storage_, file_name, text, capacity).size();
  });
  if (trust_.has_learnt()) tag_ = json_string<EntityTag::max_size>(file.view(), "tag");
  asked_at_ms_ = json_integer(file.view(), "asked");
  next_ms_ = now_ms;
}

bool RootKeeper::is_due(std::int64_t now_ms, std::optional<std::int64_t> wall_ms) const {
  // Over restarts; what it was asked at in the future is a clock that was wrong.
  const bool asked_lately =
      asked_at_ms_ && wall_ms && *wall_ms >= *asked_at_ms_ && *wall_ms - *asked_at_ms_ < roots_interval_ms;
  return now_ms >= next_ms_ && !asked_lately;
}

void RootKeeper::write_request(const Server& server, RequestHead& head) const {
  const EntityTag& tag = proving_ ? fresh_ : tag_;
  head.clear();
  write_request_line("GET", server, protocol::trust_path, head);
  if (!tag.empty()) head.append("\r\nIf-None-Match: \"").append(tag.view()).append("\"");
  head.append("\r\n\r\n");
}

void RootKeeper::take(int status, const ContentRange&, const char* data, std::size_t size) {
  if (status != 200 || proving_ || broken_) return;
  if (size_ == 0) broken_ = !trust_.begin();
  size_ += size;
  if (size_ > max_roots || broken_ || !trust_.append({data, size})) broken_ = true;
}

RootsStep RootKeeper::took(ExchangeStatus status, const HttpResponse& response, std::int64_t now_ms,
                           std::optional<std::int64_t> wall_ms) {
  const bool proved = proving_;
  RootsStep step = RootsStep::away;
  if (proved) {
    step = prove(status);
  } else if (status == ExchangeStatus::answered) {
    step = response.status() == 200 ? take_roots(response) : RootsStep::unchanged;
  }
  if (step == RootsStep::prove) return step;
  if (!proved && size_ > 0 && step != RootsStep::useless) step = give_up(step);
  size_ = 0;
  broken_ = false;
  const bool settled = step == RootsStep::learnt || step == RootsStep::unchanged;
  next_ms_ = now_ms + (settled ? roots_interval_ms : roots_retry_ms);
  if (!settled) return step;
  asked_at_ms_ = wall_ms;
  save();
  return step;
}

RootsStep RootKeeper::take_roots(const HttpResponse& response) {
  if (!response.done()) return RootsStep::away;  // the link broke within them
  fresh_ = response.entity_tag();
  if (broken_ || size_ == 0 || !trust_.try_alone()) return give_up(RootsStep::useless);
  proving_ = true;
  return RootsStep::prove;
}

// Whatever the server says: that it could say it is the proof.
RootsStep RootKeeper::prove(ExchangeStatus status) {
  proving_ = false;
  if (status != ExchangeStatus::answered) return give_up(RootsStep::useless);
  if (!trust_.keep()) return give_up(RootsStep::useless);
  tag_ = fresh_;
  return RootsStep::learnt;
}

RootsStep RootKeeper::give_up(RootsStep step) {
  trust_.drop();
  return step;
}

void RootKeeper::save() {
  Text<EntityTag::max_size + 64> text(std::string_view("{\"tag\":\""));
  text.append(tag_.view()).append("\"");
  if (asked_at_ms_) text.append(",\"asked\":").append_number(*asked_at_ms_);
  text.append("}");
  static_cast<void>(keep_state(storage_, file_name, text.view()));  // else it is asked once more
}

}  // namespace heliograph::firmware
