// What the camera was told and has to tell, over restarts and power cuts.
//
// A command's id is written down before it is carried out. So whatever happens in between, it is carried out
// once, or it is reported that it was broken off. What came of it, and of settings, is kept until a heartbeat
// with it was answered. An update takes long and outlives restarts, so it is `accepted` first, and goes on
// beside other commands. Settings are on trial until an answer came under them (trial.hpp); when none comes,
// the ones before are back. Belongs to the agent's thread. What must not be in it: how anything is carried
// out.
#pragma once

#include "firmware/core/camera_settings.hpp"
#include "firmware/core/errand.hpp"
#include "firmware/core/platform/storage.hpp"
#include "firmware/core/state_file.hpp"
#include "firmware/core/text.hpp"
#include "firmware/core/trial.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// Bytes of the file: the settings in force, those before, a command, an update, and the rest.
inline constexpr std::size_t max_state_text = 2 * max_settings + 2 * max_errand_text + 320;
// Bytes of a heartbeat: what a board says of itself, and the reports.
inline constexpr std::size_t max_heartbeat = 2560;
using HeartbeatText = Text<max_heartbeat>;

class Duties {
 public:
  // `trial_ms`: so long settings may keep the camera from its server.
  Duties(Storage& storage, std::int64_t trial_ms) : storage_(storage), trial_(trial_ms) {}

  // After the storage was opened. What was begun before a restart has ended with it.
  void recover(std::int64_t now_ms);

  // The body of an answer of the server. True: the settings are others now, and the board is set so.
  bool heard(std::string_view body, std::int64_t now_ms, Board& board);

  // A command that waits to be carried out, if any does: that or an update.
  const CommandOrder* to_do() const;
  // It is going to be carried out now. False: it must not be, because that could not be written down.
  bool begin();
  void end(Outcome outcome, std::string_view reason, std::string_view result);
  // The release that it is being updated to, since before a restart perhaps; null: it is not.
  const ReleaseId* updating() const { return update_.has_begun() ? &update_.order().release : nullptr; }
  void end_update(Outcome outcome, std::string_view reason, std::string_view result);

  bool has_report() const;
  // Another one whenever there is something else to report.
  std::uint32_t report_number() const { return report_number_; }
  // The members `settings` and `reports` of a heartbeat, each behind a comma.
  void write_reports(HeartbeatText& body) const;
  // They arrived as they were when that was their number. Nothing when there is something else by now.
  void reported(std::uint32_t report_number);

  // What the camera goes by.
  const CameraSettings& settings() const { return settings_; }
  // Says beside the settings that hold what there is to know of them; empty: nothing any more.
  void remark(std::string_view remark);

  // Nothing is done before, by order: milliseconds since 1970. Holds over restarts from end() on.
  void sleep_until(std::int64_t until_ms) { sleeps_until_ms_ = until_ms; }
  void woke();
  std::optional<std::int64_t> sleeps_until_ms() const { return sleeps_until_ms_; }

  // The server has answered, or it has not.
  void reached();
  void missed(std::int64_t now_ms) { trial_.missed(now_ms); }
  // When the trial should be looked at; none: the settings have been proven.
  std::optional<std::int64_t> trial_ends_ms() const { return trial_.ends_ms(); }
  // True: they were given up just now, and the ones before hold again.
  bool look_at_trial(std::int64_t now_ms);

 private:
  Errand& errand_for(CommandKind kind);
  void end(Errand& errand, Outcome outcome, std::string_view reason, std::string_view result);
  bool take_settings(const SettingsOrder& order, std::int64_t now_ms, Board& board);
  bool save();
  void load(std::string_view text, std::int64_t now_ms);

  Storage& storage_;
  std::uint32_t report_number_ = 0;

  Errand command_;
  Errand update_;
  std::optional<std::int64_t> sleeps_until_ms_;

  std::int64_t version_ = 0;  // of the settings that were answered for last
  bool settings_told_ = true;
  Text<16> status_;
  ReasonText complaint_;
  SettingsText values_;  // JSON, in force
  SettingsText before_;  // JSON, while they are on trial
  CameraSettings settings_;
  Trial trial_;
  Text<max_state_text + state_trailer_size> file_;  // here and not on the stack
};

}  // namespace heliograph::firmware
