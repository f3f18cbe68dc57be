// What the agent does with the server's orders, and how it tells what came of them.
#include "firmware/core/agent.hpp"
#include "firmware/core/civil_time.hpp"
#include "protocol/schedule.hpp"
#include "protocol/telemetry.hpp"
#include "protocol/upload.hpp"

#include <algorithm>

namespace heliograph::firmware {
namespace {

// How a self-test tries the storage, and how long that may take, milliseconds: a card that needs longer for
// ten bytes is at its end.
constexpr std::string_view probe_name = "PROBE.TXT";
constexpr std::int64_t probe_limit_ms = 5'000;

std::string_view name_of(CommandKind kind) {
  switch (kind) {
    case CommandKind::capture:
      return "capture";
    case CommandKind::burst:
      return "burst";
    case CommandKind::reboot:
      return "reboot";
    case CommandKind::identify:
      return "identify";
    case CommandKind::sleep_until:
      return "sleep-until";
    case CommandKind::format_spool:
      return "format-spool";
    case CommandKind::send_log:
      return "send-log";
    case CommandKind::self_test:
      return "self-test";
    case CommandKind::update_firmware:
      return "update-firmware";
    case CommandKind::unknown:
      break;
  }
  return "unknown";
}

}  // namespace

// The settings before hold again when nobody answered under the new ones.
void Agent::look_at_trial() {
  if (!duties_.look_at_trial(platform_.clock.mono_ms())) return;
  apply_settings();
  Event event;
  event.kind = EventKind::set;
  event.detail = "the server could not be reached with the new settings: those before hold again";
  log_.record(event);
}

// The server has answered.
void Agent::take_orders(std::string_view body) {
  duties_.reached();
  confirm_update();
  if (said_) said_->newest = false;
  if (!duties_.heard(body, platform_.clock.mono_ms(), platform_.board)) return;
  apply_settings();
  Event event;
  event.kind = EventKind::set;
  log_.record(event);
}

void Agent::apply_settings() {
  const CameraSettings& settings = duties_.settings();
  const std::int64_t now_ms = platform_.clock.mono_ms();
  platform_.board.apply(settings.image);  // it took them before, or there are none
  planner_.set_interval(now_ms, settings.interval_ms.value_or(config_.schedule.interval_ms));
  const bool deep = settings.sleep == SleepPolicy::deep;
  planner_.let_sensor_rest(settings.sleep != SleepPolicy::awake);
  planner_.set_heartbeat(now_ms, deep ? 0 : config_.schedule.heartbeat_ms);
  data_.set(settings.monthly_budget_bytes, settings.schedule.time_zone_min);
  limit_live();
}

void Agent::limit_live() {
  LiveLimits limits = duties_.settings().live;
  limits.awake = duties_.settings().sleep == SleepPolicy::awake;
  limits.linked = limits.awake && !shed_.is_shed();
  limits.sending = !data_.budget().spent();
  platform_.board.limit_live(limits);
}

void Agent::look_at_memory() {
  if (shed_.look(platform_.clock.mono_ms())) limit_live();
}

void Agent::missed_server(const Answer& answer) {
  duties_.missed(platform_.clock.mono_ms());
  if (answer.status == 0) make_room();
}

// Nobody answered: perhaps there was no memory for a second TLS session beside the link's.
void Agent::make_room() {
  if (shed_.missed(platform_.clock.mono_ms(), platform_.board.free_block())) limit_live();
}

// Counts what went over the network. Once the month's data is used up, pictures wait here.
void Agent::look_at_budget() {
  if (!data_.account(platform_.traffic.take(), wall_ms())) return;
  Event event;
  event.kind = EventKind::spent;
  Text<96> remark;
  const bool spent = data_.budget().spent();
  if (spent) {
    remark.append("the month's data is used up: pictures wait in the camera");
    const auto renewed_ms = data_.budget().renewed_ms();
    if (renewed_ms) remark.append(" until ").append(utc_text(*renewed_ms).view());
  }
  event.detail = spent ? remark.view() : "there is data for this month again";
  log_.record(event);
  planner_.spare(platform_.clock.mono_ms(), spent ? std::optional(spared_heartbeat_ms) : std::nullopt);
  duties_.remark(remark.view());
  limit_live();
}

// Outside of its hours there is no picture; then the next is due when they begin. A camera that does not know
// the time goes on.
bool Agent::hold_for_schedule() {
  const auto at_ms = wall_ms();
  const protocol::Schedule& schedule = duties_.settings().schedule;
  if (!at_ms || protocol::is_active(schedule, position_, *at_ms)) return false;
  constexpr std::int64_t look_again_ms = protocol::minutes_a_day * 60'000;  // it is polar night
  const auto begins_ms = protocol::next_active_ms(schedule, position_, *at_ms);
  const std::int64_t pause_ms = begins_ms ? *begins_ms - *at_ms : look_again_ms;
  planner_.postpone_capture(platform_.clock.mono_ms() + pause_ms);
  return true;
}

void Agent::obey() {
  const CommandOrder command = *duties_.to_do();
  if (!duties_.begin()) return;
  if (command.kind == CommandKind::burst) say();  // it takes long, and somebody waits
  switch (command.kind) {
    case CommandKind::capture:
    case CommandKind::burst:
      take_extra(command.count, command.interval_ms);
      break;
    case CommandKind::reboot:
      wants_restart_ = true;  // and the next start reports it
      break;
    case CommandKind::identify:
      platform_.board.identify(command.seconds);
      duties_.end(Outcome::succeeded, {}, {});
      break;
    case CommandKind::sleep_until:
      sleep(command.until_ms);
      break;
    case CommandKind::format_spool: {
      ResultText result(std::string_view("{\"dropped\":"));
      result.append_number(spool_.clear()).append("}");
      duties_.end(Outcome::succeeded, {}, result.view());
      break;
    }
    case CommandKind::send_log:
      send_log(command.lines);
      break;
    case CommandKind::self_test:
      test_self();
      break;
    case CommandKind::update_firmware:
      begin_update(command);
      break;
    case CommandKind::unknown:
      duties_.end(Outcome::rejected, "this camera does not know the command", {});
      break;
  }
  Event event;
  event.kind = EventKind::obeyed;
  event.label = name_of(command.kind);
  log_.record(event);
}

// Pictures out of turn. They are sent as any others; the server finds them by their names.
void Agent::take_extra(std::int64_t count, std::int64_t interval_ms) {
  Text<protocol::max_boot_id_length> boot;
  std::uint64_t first = 0;
  std::int64_t taken = 0;
  for (int garbled = 0; taken < count && garbled <= max_retakes && !stop_requested_;) {
    if (taken > 0 && interval_ms > 0) platform_.clock.sleep_until(platform_.clock.mono_ms() + interval_ms);
    const CaptureResult result = take_picture();
    planner_.captured_extra(result);
    if (result == CaptureResult::garbled) ++garbled;
    if (result == CaptureResult::failed || result == CaptureResult::exhausted) break;
    if (result == CaptureResult::garbled) continue;
    if (taken++ == 0) {
      boot = last_boot_;
      first = last_sequence_;
    }
    if (result == CaptureResult::unspooled) break;  // the next one would take its place in memory
  }
  ResultText result(std::string_view("{\"boot\":\""));
  result.append(boot.view()).append("\",\"sequence\":").append_number(first);
  result.append(",\"count\":").append_number(taken).append("}");
  if (taken == count) return duties_.end(Outcome::succeeded, {}, result.view());
  duties_.end(Outcome::failed, "the sensor did not give every picture",
              taken > 0 ? result.view() : std::string_view());
}

void Agent::sleep(std::int64_t until_ms) {
  const auto at_ms = wall_ms();
  if (!at_ms) return duties_.end(Outcome::failed, "the camera does not know what time it is", {});
  if (until_ms - *at_ms > max_sleep_ms) {
    ReasonText reason(std::string_view("it is "));
    reason.append(utc_text(*at_ms).view()).append(" here, and it sleeps for 31 days at most");
    return duties_.end(Outcome::rejected, reason.view(), {});
  }
  duties_.sleep_until(until_ms);
  duties_.end(Outcome::succeeded, {}, {});
}

// What it was told holds over restarts, from when it knows the time. It is over when that time has come, and
// when it is so far away that the clock, or what was written down, cannot be right.
void Agent::look_at_sleep() {
  const std::int64_t now_ms = platform_.clock.mono_ms();
  const auto until_ms = duties_.sleeps_until_ms();
  const auto at_ms = wall_ms();
  if (sleeps_until_ms_ && now_ms >= *sleeps_until_ms_) {
    sleeps_until_ms_.reset();
    return duties_.woke();
  }
  if (sleeps_until_ms_ || !until_ms || !at_ms) return;
  const std::int64_t left_ms = *until_ms - *at_ms;
  if (left_ms <= 0 || left_ms > max_sleep_ms) return duties_.woke();
  sleeps_until_ms_ = now_ms + left_ms;
  planner_.sleep_until(*sleeps_until_ms_);
  rest_link();
}

// A picture that is not kept, and a file that is not either.
void Agent::test_self() {
  Frame frame;
  const CaptureStatus seen = platform_.source.capture(slab_.data, slab_.size - max_record_header_size,
                                                      platform_.clock.mono_ms() + capture_limit_ms, frame);
  planner_.captured_extra(CaptureResult::garbled);  // it took the memory of an unspooled one
  const std::string_view kept = try_storage();
  const bool sees = seen == CaptureStatus::ok;
  ResultText result(std::string_view("{\"sensor\":\""));
  result.append(sees ? "ok" : "no picture").append("\",\"storage\":\"").append(kept).append("\"}");
  if (sees && (kept == "ok" || kept == "only memory"))
    return duties_.end(Outcome::succeeded, {}, result.view());
  duties_.end(Outcome::failed, "not everything works", result.view());
}

// Where pictures are, and not where settings are: on a board that is another thing.
std::string_view Agent::try_storage() {
  constexpr Area area = Area::damaged;
  const std::int64_t began_ms = platform_.clock.mono_ms();
  const StorageStatus put =
      platform_.storage.put(area, probe_name, {probe_name.data(), probe_name.size()}, {});
  if (put != StorageStatus::ok) return put == StorageStatus::full ? "full" : "cannot be written";
  char back[probe_name.size()] = {};
  const FileRead read = platform_.storage.read(area, probe_name, back, sizeof back);
  const bool same = read.status == StorageStatus::ok && std::string_view(back, read.size_read) == probe_name;
  if (platform_.storage.remove(area, probe_name) != StorageStatus::ok) return "cannot be written";
  if (!same) return "reads back otherwise";
  if (platform_.clock.mono_ms() - began_ms > probe_limit_ms) return "slow";
  return platform_.storage.lasts() ? "ok" : "only memory";
}

// The camera's last lines, to where its owner reads them.
void Agent::send_log(std::int64_t lines) {
  const std::string_view text = log_.last(static_cast<std::size_t>(lines));
  const Answer answer = post(protocol::log_path, "text/plain", text);
  if (answer.verdict != Verdict::stored) return duties_.end(Outcome::failed, answer.reason.view(), {});
  ResultText result(std::string_view("{\"bytes\":"));
  result.append_number(text.size()).append('}');
  duties_.end(Outcome::succeeded, {}, result.view());
}

// When it speaks again at the latest: so that nobody takes its silence for a fault. 0: nobody can say.
std::int64_t Agent::silence_ms() const {
  const std::int64_t now_ms = platform_.clock.mono_ms();
  if (sleeps_until_ms_ && *sleeps_until_ms_ > now_ms) return *sleeps_until_ms_ - now_ms;
  if (planner_.silence_ms() > 0 || duties_.settings().sleep != SleepPolicy::deep)
    return planner_.silence_ms();
  const std::int64_t picture_in_ms = std::max<std::int64_t>(planner_.next_capture_ms() - now_ms, 1);
  const auto at_ms = wall_ms();
  if (!at_ms) return picture_in_ms;
  const std::int64_t picture_at_ms = *at_ms + picture_in_ms;
  const auto active_ms = protocol::next_active_ms(duties_.settings().schedule, position_, picture_at_ms);
  return active_ms.value_or(picture_at_ms) - *at_ms;
}

// `silence_ms`: until it speaks again at the latest; 0: it does not say.
void Agent::write_heartbeat(std::int64_t silence_ms) {
  const BoardFacts facts = platform_.board.facts();
  heartbeat_.clear();
  heartbeat_.append("{\"boot\":\"").append(boot_.view()).append("\",\"firmware\":\"").append(facts.firmware);
  heartbeat_.append("\",\"model\":\"").append(facts.model).append("\",\"sensor\":\"").append(facts.sensor);
  heartbeat_.append("\",\"capabilities\":").append(facts.capabilities);
  if (silence_ms > 0) heartbeat_.append(",\"next_s\":").append_number((silence_ms + 999) / 1000);
  char telemetry[protocol::max_telemetry_length];
  const std::size_t size = protocol::encode_telemetry(own_telemetry(), telemetry, sizeof telemetry);
  heartbeat_.append(",\"telemetry\":\"").append({telemetry, size}).append('"');
  duties_.write_reports(heartbeat_);
  heartbeat_.append('}');
}

// What the server has heard is no news any more.
void Agent::was_told(std::uint32_t report_number) {
  duties_.reported(report_number);
  rest_link();
}

// A camera that sleeps by order holds no link, once it has told everything.
void Agent::rest_link() {
  if (platform_.mail != nullptr && sleeps_until_ms_ && !duties_.has_report()) {
    platform_.mail->rest(*sleeps_until_ms_);
  }
}

// Over the link, if it stands: the answer comes when it comes.
void Agent::say() {
  if (platform_.mail == nullptr) return;
  const std::int64_t quiet_ms = silence_ms();
  write_heartbeat(quiet_ms > 0 ? std::max(quiet_ms, link_heartbeat_ms) : 0);
  const auto number = platform_.mail->say(heartbeat_.view());
  if (!number) return;
  said_ = Said{*number, duties_.report_number()};
  planner_.asked(platform_.clock.mono_ms());
}

void Agent::hear_link() {
  if (platform_.mail == nullptr) return;
  const LinkMail::News news = platform_.mail->take();
  const std::int64_t now_ms = platform_.clock.mono_ms();
  if (news.changed || news.up != linked_) {
    linked_ = news.up;
    said_.reset();
    planner_.linked(news.up);
  }
  if (news.called) planner_.called(now_ms);
  if (!news.answered || !said_ || said_->number != *news.answered) return;
  const Said said = *said_;
  said_.reset();
  planner_.answered(now_ms);
  was_told(said.report);
  if (said.newest) {
    take_orders(news.answer);
  } else {
    planner_.called(now_ms);  // these may have been carried out already: it asks again
  }
}

Answer Agent::post(std::string_view path, std::string_view type, std::string_view body) {
  authorize({"POST", path, {}, {}, {}, {}}, {body.data(), body.size()});
  request_head_.clear();
  write_request_line("POST", config_.server, path, request_head_);
  request_head_.append("\r\nAuthorization: ").append(authorization_.view());
  request_head_.append("\r\nContent-Type: ").append(type);
  request_head_.append("\r\nContent-Length: ").append_number(body.size()).append("\r\n\r\n");
  const ExchangeStatus status = client_.exchange(
      {request_head_.view(), reinterpret_cast<const std::uint8_t*>(body.data()), body.size()}, response_);
  if (response_.date_ms()) platform_.clock.offer_wall_ms(*response_.date_ms());
  return judge_heartbeat(status, response_, client_.error_text());
}

// Says what there is to say without a picture, and takes what it is told.
void Agent::speak(bool over_link) {
  if (over_link) return say();
  said_.reset();
  write_heartbeat(silence_ms());
  const std::uint32_t report = duties_.report_number();
  const Answer answer = post(protocol::heartbeat_path, "application/json", heartbeat_.view());
  const std::int64_t pause_ms =
      planner_.spoken(platform_.clock.mono_ms(), {answer.verdict, answer.retry_after_ms});
  if (answer.verdict == Verdict::stored) {
    was_told(report);
    take_orders(response_.body());
    return;
  }
  missed_server(answer);
  Event event;
  event.kind = EventKind::postponed;
  event.detail = answer.reason.view();
  event.status = answer.status;
  event.retry_in_ms = pause_ms;
  event.waiting = spool_.waiting();
  log_.record(event);
}

}  // namespace heliograph::firmware
