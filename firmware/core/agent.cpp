#include "firmware/core/agent.hpp"

#include "firmware/core/jpeg_check.hpp"
#include "protocol/telemetry.hpp"
#include "protocol/upload.hpp"

#include <algorithm>
#include <variant>

namespace heliograph::firmware {

namespace {

Event event_about(EventKind kind, const Record& record) {
  Event event;
  event.kind = kind;
  event.boot = record.boot;
  event.sequence = record.sequence;
  event.label = record.label;
  event.size_bytes = record.picture.size;
  event.captured_at_ms = record.captured_at_ms;
  return event;
}

Event event_saying(EventKind kind, std::string_view detail) {
  Event event;
  event.kind = kind;
  event.detail = detail;
  return event;
}

// What is kept beside a refused picture, for its owner.
Text<512> refusal_note(const Record& record, const Answer& answer) {
  Text<512> note(answer.reason.view());
  note.append("\nHTTP status ").append_number(answer.status);
  note.append("\nboot ").append(record.boot).append(", sequence ").append_number(record.sequence);
  if (!record.label.empty()) note.append("\n").append(record.label);
  return note;
}

// A time outside of what the protocol allows is a clock that was never set.
std::optional<std::int64_t> plausible(std::optional<std::int64_t> wall_ms) {
  const bool in_range =
      wall_ms && *wall_ms >= protocol::min_captured_at_ms && *wall_ms <= protocol::max_captured_at_ms;
  return in_range ? wall_ms : std::nullopt;
}

}  // namespace

Agent::Agent(const Platform& platform, const AgentConfig& config, Slab slab)
    : platform_(platform),
      config_(config),
      slab_(slab),
      log_(platform.log, platform.clock),
      spool_(platform.storage, config.max_spool_bytes),
      planner_(config.schedule, platform.random),
      client_(platform.stream, platform.clock, {config.server.host, config.server.port, config.server.tls}),
      duties_(platform.storage, config.trial_ms),
      data_(platform.storage),
      started_ms_(platform.clock.mono_ms()) {
  if (platform.slots != nullptr) updater_.emplace(*platform.slots, platform.crypto, config_.update);
  if (platform.trust != nullptr && config_.server.tls) roots_.emplace(*platform.trust, platform.storage);
}

void Agent::stop() {
  stop_requested_ = true;
  platform_.clock.wake();
}

bool Agent::run() {
  make_boot_id();
  if (!open_spool()) return false;
  duties_.recover(platform_.clock.mono_ms());
  recover_update();
  data_.recover();
  if (roots_) roots_->recover(platform_.clock.mono_ms());
  apply_settings();
  for (;;) {
    hear_link();
    look_at_trial();
    look_at_update();
    look_at_sleep();
    if (stop_requested_ || wants_restart_ || wants_other_program_) planner_.stop();
    look_at_budget();
    look_at_memory();
    const Action action = planner_.next_action(platform_.clock.mono_ms(), spool_.waiting(), duty());
    if (std::holds_alternative<Capture>(action)) {
      if (!hold_for_schedule()) capture();
    } else if (std::holds_alternative<Obey>(action)) {
      obey();
    } else if (const auto* heartbeat = std::get_if<Heartbeat>(&action)) {
      speak(heartbeat->over_link);
    } else if (std::holds_alternative<Fetch>(action)) {
      fetch();
    } else if (std::holds_alternative<AskForRoots>(action)) {
      learn_roots();
    } else if (const auto* rest = std::get_if<RestSensor>(&action)) {
      platform_.source.rest(rest->for_ms);
      planner_.rested();
    } else if (const auto* send = std::get_if<Upload>(&action)) {
      upload(send->unspooled);
    } else if (const auto* sleep = std::get_if<Sleep>(&action)) {
      platform_.clock.sleep_until(look_again_ms(sleep->until_ms));
    } else {
      client_.close();
      return true;
    }
  }
}

Duty Agent::duty() const {
  return {duties_.to_do() != nullptr, duties_.has_report(), updater_ && updater_->wants_piece(),
          roots_ && roots_->is_due(platform_.clock.mono_ms(), wall_ms())};
}

std::int64_t Agent::look_again_ms(std::int64_t until_ms) const {
  const auto program_ms = updater_ ? updater_->trial_ends_ms() : std::nullopt;
  return std::min({until_ms, duties_.trial_ends_ms().value_or(until_ms), program_ms.value_or(until_ms),
                   shed_.ends_ms().value_or(until_ms)});
}

// 64 random bits: two starts of one camera meet with a chance of one in four thousand million after 65,000
// starts.
void Agent::make_boot_id() {
  constexpr std::string_view digits = "0123456789abcdef";
  for (int word = 0; word < 2; ++word) {
    std::uint32_t bits = platform_.random.next();
    for (int digit = 0; digit < 8; ++digit, bits >>= 4) boot_.append(digits[bits & 15]);
  }
}

bool Agent::open_spool() {
  const SpoolRecovery recovery = spool_.recover(slab_.data);
  Event event;
  event.kind = EventKind::recovered;
  event.waiting = spool_.waiting();
  event.lost = recovery.damaged;
  if (recovery.status != StorageStatus::ok) event.detail = spool_.error_text();
  log_.record(event);
  return recovery.status == StorageStatus::ok;
}

void Agent::capture() {
  const CaptureResult result = take_picture();
  planner_.captured(platform_.clock.mono_ms(), result);
}

CaptureResult Agent::take_picture() {
  Frame frame;
  const std::int64_t now_ms = platform_.clock.mono_ms();
  const auto began_ms = platform_.clock.wall_ms();
  const CaptureStatus status = platform_.source.capture(slab_.data, slab_.size - max_record_header_size,
                                                        now_ms + capture_limit_ms, frame);
  if (status == CaptureStatus::exhausted) return CaptureResult::exhausted;
  if (status == CaptureStatus::failed) {
    log_.record(event_saying(EventKind::capture_failed, platform_.source.error_text()));
    return CaptureResult::failed;
  }
  if (platform_.source.can_retake()) {
    const JpegCheck check = check_jpeg(slab_.data, frame.size);
    if (check.size == 0) {
      log_.record(event_saying(EventKind::capture_failed, check.problem));
      return CaptureResult::garbled;
    }
    frame.size = check.size;
  }
  // A picture without a name of its own is taken here and now.
  if (!frame.name) frame.telemetry = protocol::completed(frame.telemetry, own_telemetry());
  char telemetry[protocol::max_telemetry_length];
  const std::size_t telemetry_size = protocol::encode_telemetry(frame.telemetry, telemetry, sizeof telemetry);
  telemetry_.clear();
  telemetry_.append({telemetry, telemetry_size});

  if (frame.telemetry.lat_e7 && frame.telemetry.lon_e7) {
    position_ = protocol::Position{*frame.telemetry.lat_e7, *frame.telemetry.lon_e7};
  }
  Record record;
  record.boot = frame.name ? frame.name->boot : boot_.view();
  record.sequence = frame.name ? frame.name->sequence : next_sequence_++;
  record.captured_at_ms = plausible(frame.captured_at_ms ? frame.captured_at_ms : began_ms);
  record.captured_mono_ms = now_ms;
  record.telemetry = telemetry_.view();
  record.label = frame.label;
  record.picture = {slab_.data, frame.size};
  last_boot_ = Text<protocol::max_boot_id_length>(record.boot);
  last_sequence_ = record.sequence;
  return keep(record);
}

protocol::Telemetry Agent::own_telemetry() const {
  protocol::Telemetry telemetry;
  platform_.board.measure(telemetry);
  telemetry.uptime_s = (platform_.clock.mono_ms() - started_ms_) / 1000;
  telemetry.spool = static_cast<std::int64_t>(spool_.waiting());
  telemetry.sent_bytes = data_.budget().used_bytes();
  return telemetry;
}

std::optional<std::int64_t> Agent::wall_ms() const {
  return plausible(platform_.clock.wall_ms());
}

CaptureResult Agent::keep(const Record& record) {
  const SpoolPut put = spool_.put(record);
  Event event = event_about(EventKind::captured, record);
  event.waiting = spool_.waiting();
  log_.record(event);
  if (put.dropped > 0) {
    Event dropped;
    dropped.kind = EventKind::dropped;
    dropped.lost = put.dropped;
    dropped.waiting = spool_.waiting();
    log_.record(dropped);
  }
  if (put.status == StorageStatus::ok) return CaptureResult::spooled;

  unspooled_ = record;
  Event unspooled = event_about(EventKind::unspooled, record);
  unspooled.detail = spool_.error_text();
  log_.record(unspooled);
  return CaptureResult::unspooled;
}

void Agent::upload(bool unspooled) {
  Record record = unspooled_;
  if (!unspooled) {
    switch (spool_.peek(slab_.data, slab_.size, record)) {
      case PeekStatus::ok:
        break;
      case PeekStatus::empty:
        return;  // files removed behind our back: the spool counts anew
      case PeekStatus::damaged:
        log_.record(event_saying(EventKind::damaged, "a waiting picture could not be read back"));
        return;
      case PeekStatus::failed:
        return postpone_unreadable();
    }
  }
  const std::int64_t begun_ms = platform_.clock.mono_ms();
  const Answer answer = send(record);
  settle(record, answer, unspooled, platform_.clock.mono_ms() - begun_ms);
}

void Agent::postpone_unreadable() {
  Event event = event_saying(EventKind::postponed, spool_.error_text());
  event.retry_in_ms = planner_.uploaded(platform_.clock.mono_ms(), {Verdict::try_again, std::nullopt});
  event.waiting = spool_.waiting();
  log_.record(event);
}

Answer Agent::send(const Record& record) {
  const DescribedPicture described(record, capture_time(record));
  // A signature is of a whole picture.
  const bool in_pieces = record.picture.size >= min_resumable_size && config_.server.camera.empty();
  if (in_pieces) return send_in_pieces(record, described);
  authorize(described.fields(), record.picture);
  write_upload_head(config_.server, described, record.picture.size, authorization_.view(), request_head_);
  const auto* picture = static_cast<const std::uint8_t*>(record.picture.data);
  const ExchangeStatus status =
      client_.exchange({request_head_.view(), picture, record.picture.size}, response_);
  if (response_.date_ms()) platform_.clock.offer_wall_ms(*response_.date_ms());
  return judge(status, response_, client_.error_text());
}

Answer Agent::send_in_pieces(const Record& record, const DescribedPicture& described) {
  upload_.begin(record.boot, record.sequence, record.picture.size);
  authorize({}, {});
  for (;;) {
    upload_.write_head(config_.server, described, authorization_.view(), request_head_);
    const ResumableUpload::Step step = upload_.next();
    const auto* piece = static_cast<const std::uint8_t*>(record.picture.data) + step.offset;
    const ExchangeStatus status = client_.exchange({request_head_.view(), piece, step.size}, response_);
    if (response_.date_ms()) platform_.clock.offer_wall_ms(*response_.date_ms());
    if (const auto answer = upload_.took(status, response_, client_.error_text())) return *answer;
  }
}

void Agent::authorize(const protocol::SignedFields& fields, Bytes body) {
  const Server& server = config_.server;
  if (server.camera.empty()) return write_bearer(server.key, authorization_);
  const Signing signing{server.camera, server.key, platform_.clock.wall_ms().value_or(0)};
  write_signature(signing, fields, body, platform_.crypto, platform_.random, authorization_);
}

void Agent::settle(const Record& record, const Answer& answer, bool unspooled, std::int64_t took_ms) {
  Event event = event_about(EventKind::sent, record);
  event.retry_in_ms = planner_.uploaded(platform_.clock.mono_ms(),
                                        {answer.verdict, answer.retry_after_ms, answer.progressed});
  event.status = answer.status;
  event.detail = answer.reason.view();
  event.duration_ms = took_ms;
  event.image_id = answer.image_id.view();
  event.filename = answer.filename.view();
  event.duplicate = answer.duplicate;

  const bool unheard = answer.verdict == Verdict::try_again || answer.verdict == Verdict::needs_owner;
  if (unheard) missed_server(answer);
  switch (answer.verdict) {
    case Verdict::stored:
      if (!unspooled) spool_.consume();
      if (response_.upload().has_orders) planner_.called(platform_.clock.mono_ms());
      take_orders(response_.body());
      break;
    case Verdict::refused:
      event.kind = EventKind::refused;
      if (!unspooled) spool_.refuse(record, refusal_note(record, answer).view());
      break;
    case Verdict::try_again:
    case Verdict::needs_owner:
      event.kind = EventKind::postponed;
      break;
  }
  event.waiting = spool_.waiting();
  log_.record(event);
}

// A picture taken before the clock was set gets its time once it is, as long as the camera has not restarted.
std::optional<std::int64_t> Agent::capture_time(const Record& record) const {
  if (record.captured_at_ms) return record.captured_at_ms;
  const auto now_ms = platform_.clock.wall_ms();
  if (!now_ms || record.boot != boot_.view()) return std::nullopt;
  return plausible(*now_ms - (platform_.clock.mono_ms() - record.captured_mono_ms));
}

}  // namespace heliograph::firmware
