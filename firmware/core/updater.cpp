#include "firmware/core/updater.hpp"

#include "firmware/core/verdict.hpp"

#include <algorithm>

namespace heliograph::firmware {
namespace {

UpdateStep step(UpdateStep::Kind kind) {
  UpdateStep made;
  made.kind = kind;
  return made;
}

UpdateStep fetch(UploadResult verdict) {
  UpdateStep made;
  made.verdict = verdict;
  return made;
}

UpdateStep failed(std::string_view reason) {
  UpdateStep made = step(UpdateStep::Kind::failed);
  made.reason.append(reason);
  return made;
}

// Statuses that say that the release will never come this way; of all others the server is asked again.
std::string_view hopeless(int status) {
  switch (status) {
    case 400:
    case 404:
    case 410:
      return "the server has no such release for this camera any more";
    case 416:
      return "the file on the server is shorter than its manifest says";
    default:
      return {};
  }
}

}  // namespace

TrialReason judge_manifest(const protocol::Manifest& manifest, const UpdateConfig& config,
                           std::uint32_t confirmed) {
  TrialReason reason;
  if (manifest.model != config.model) {
    reason.append("it is for ").append(manifest.model);
    return reason;
  }
  const std::uint32_t floor = std::max(confirmed, config.security);
  if (manifest.security < floor) {
    reason.append("its security number is ").append_number(manifest.security);
    reason.append(", and this camera is at ").append_number(floor);
    return reason;
  }
  protocol::Version running;
  const bool known = protocol::read_version(config.version, running);
  if (known && !manifest.downgrade && protocol::compare(manifest.version, running) <= 0) {
    reason.append("it is ").append(manifest.version_text).append(", and ").append(config.version);
    reason.append(" runs; going back is not allowed by it");
  }
  return reason;
}

std::optional<UpdateStep> Updater::recover(std::string_view release, std::int64_t now_ms,
                                           std::int64_t trial_ms) {
  const BootFacts boot = slots_.facts();
  if (boot.on_trial) {
    on_trial_ = true;
    trial_ends_ms_ = now_ms + trial_ms;
    release_.append(release);
    manifest_text_ = slots_.running_manifest();
    const bool named = read_manifest(manifest_text_.view(), manifest_) &&
                       manifest_.version_text == config_.version && manifest_.model == config_.model;
    if (named) return std::nullopt;
    return give_up("the program says that it is another one than was signed");
  }
  std::optional<UpdateStep> ended;
  if (boot.outcome == TrialOutcome::confirmed) ended = step(UpdateStep::Kind::done);
  if (boot.outcome == TrialOutcome::rolled_back) {
    ended = failed("rolled back: ");
    ended->reason.append(boot.reason.view());
  }
  if (!release.empty() && ended) return ended;
  if (ended) slots_.acknowledge();
  if (!release.empty()) begin(release);
  return std::nullopt;
}

void Updater::begin(std::string_view release) {
  release_.clear();
  release_.append(release);
  manifest_text_.clear();
}

FirmwarePath Updater::path() const {
  FirmwarePath path(protocol::firmware_path);
  path.append("/").append(release_.view());
  return path;
}

void Updater::write_request(const Server& server, std::string_view authorization, RequestHead& head) {
  const bool has_manifest = !manifest_text_.empty();
  const std::uint64_t left = has_manifest ? manifest_.size - have_ : protocol::max_manifest;
  asked_ = has_manifest ? manifest_text_.view().size() + have_ : 0;
  expected_ = static_cast<std::size_t>(std::min(left, fetch_piece));
  broken_ = false;
  had_ = have_;
  head.clear();
  write_request_line("GET", server, path().view(), head);
  head.append("\r\nAuthorization: ").append(authorization);
  head.append("\r\nRange: bytes=").append_number(asked_).append("-").append_number(asked_ + expected_ - 1);
  if (has_manifest) {
    head.append("\r\nIf-Range: \"");
    const std::string_view lines = manifest_.text;
    constexpr std::string_view name = "\nsha256 ";
    head.append(lines.substr(lines.find(name) + name.size(), 2 * manifest_.sha256.size())).append("\"");
  }
  head.append("\r\n\r\n");
}

// Only the part that was asked for, and no byte more than the manifest says.
void Updater::take(int status, const ContentRange& range, const char* data, std::size_t size) {
  if (manifest_text_.empty() || broken_ || status != 206) return;
  const std::uint64_t at = asked_ - manifest_text_.view().size();
  const std::uint64_t room = std::min(manifest_.size, at + expected_) - std::min(manifest_.size, have_);
  if (range.first != asked_ || size > room || !slots_.append({data, size})) {
    broken_ = true;
    return;
  }
  have_ += size;
}

UpdateStep Updater::took(ExchangeStatus status, const HttpResponse& response,
                         std::string_view network_error) {
  const bool partial = status == ExchangeStatus::answered && response.status() == 206;
  if (broken_) return slots_failed("a piece could not be kept");
  // What came before the link broke is kept.
  if (partial) return manifest_text_.empty() ? take_manifest(response) : take_piece();
  if (status != ExchangeStatus::answered) return fetch({Verdict::try_again, std::nullopt});
  const std::string_view why = hopeless(response.status());
  if (!why.empty()) return fail(why);
  if (response.status() == 200)
    return fail("the server, or a proxy before it, does not send parts of a file");
  const Answer answer = judge(status, response, network_error);
  const bool away = answer.verdict == Verdict::try_again;
  return fetch({away ? Verdict::try_again : Verdict::needs_owner, answer.retry_after_ms});
}

UpdateStep Updater::take_manifest(const HttpResponse& response) {
  protocol::Manifest told;
  if (!response.done()) return fetch({Verdict::try_again, std::nullopt});  // the link broke within it
  if (response.content_range().first != 0 || !protocol::read_manifest(response.body(), told)) {
    return fail("it begins with no manifest");
  }
  if (!is_signed(told)) return fail("it is not signed by a key that this camera was given");
  protocol::Manifest running;
  const ManifestText running_text = slots_.running_manifest();
  if (protocol::read_manifest(running_text.view(), running) && running.sha256 == told.sha256) {
    release_.clear();
    return step(UpdateStep::Kind::done);  // it runs already
  }
  const TrialReason refusal = judge_manifest(told, config_, slots_.facts().security);
  if (!refusal.empty()) return fail(refusal.view());
  manifest_text_.clear();
  manifest_text_.append(told.text);
  if (!protocol::read_manifest(manifest_text_.view(), manifest_)) return fail("it begins with no manifest");
  have_ = slots_.other_size();
  const bool goes_on = slots_.other_manifest().view() == told.text && have_ <= manifest_.size;
  if (!goes_on) {
    have_ = 0;
    if (!slots_.begin(manifest_text_.view())) return slots_failed("there is no room for it");
  }
  if (have_ == manifest_.size) return verify();
  return fetch({Verdict::stored, std::nullopt});
}

UpdateStep Updater::take_piece() {
  if (have_ == manifest_.size) return verify();
  // A link that breaks now and then is no server that is away; one that brings nothing is.
  return fetch({have_ > had_ ? Verdict::stored : Verdict::try_again, std::nullopt});
}

UpdateStep Updater::verify() {
  const auto digest = slots_.other_digest();
  if (!digest) return slots_failed("it cannot be read back");
  if (*digest != manifest_.sha256) {
    static_cast<void>(slots_.begin(manifest_text_.view()));  // so that it is not taken for a beginning
    return fail("what came is not what was signed: its SHA-256 is another");
  }
  if (!slots_.try_other()) return slots_failed("it cannot be put on trial");
  return step(UpdateStep::Kind::restart);
}

bool Updater::is_signed(const protocol::Manifest& manifest) {
  for (std::size_t i = 0; i < config_.key_count; ++i) {
    if (config_.keys[i] != manifest.key) continue;
    return crypto_.verify_ed25519(config_.keys[i], {manifest.signed_text.data(), manifest.signed_text.size()},
                                  manifest.signature);
  }
  return false;
}

UpdateStep Updater::fail(std::string_view reason) {
  release_.clear();
  manifest_text_.clear();
  return failed(reason);
}

UpdateStep Updater::put_off(std::string_view reason) {
  UpdateStep step = fail(reason);
  step.kind = UpdateStep::Kind::put_off;
  return step;
}

UpdateStep Updater::slots_failed(std::string_view what) {
  Text<96> reason(what);
  if (!slots_.error_text().empty()) reason.append(": ").append(slots_.error_text());
  return fail(reason.view());
}

UpdateStep Updater::reached() {
  if (!slots_.confirm(manifest_.security)) return fetch({Verdict::try_again, std::nullopt});
  on_trial_ = false;
  trial_ends_ms_.reset();
  release_.clear();
  return step(UpdateStep::Kind::done);
}

UpdateStep Updater::give_up(std::string_view reason) {
  trial_ends_ms_.reset();
  // What cannot be written down now is for whoever starts programs: no word from here, and its own time is
  // up.
  if (!slots_.give_up(reason)) return fetch({Verdict::try_again, std::nullopt});
  return step(UpdateStep::Kind::restart);
}

}  // namespace heliograph::firmware
