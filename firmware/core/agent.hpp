// The camera: asks the planner what to do, does it, and says what came of it. One thread runs it; the parts
// behind it (sensor, card, network) are the port's.
//
// Allocates nothing: the caller lends one slab, in which every picture lives from the sensor to the spool,
// and from the spool to the network.
#pragma once

#include "firmware/core/duties.hpp"
#include "firmware/core/http_client.hpp"
#include "firmware/core/link_mail.hpp"
#include "firmware/core/link_shed.hpp"
#include "firmware/core/log_ring.hpp"
#include "firmware/core/monthly_data.hpp"
#include "firmware/core/planner.hpp"
#include "firmware/core/platform/board.hpp"
#include "firmware/core/platform/clock.hpp"
#include "firmware/core/platform/crypto.hpp"
#include "firmware/core/platform/frame_source.hpp"
#include "firmware/core/platform/image_slots.hpp"
#include "firmware/core/platform/log.hpp"
#include "firmware/core/platform/random.hpp"
#include "firmware/core/platform/storage.hpp"
#include "firmware/core/platform/stream.hpp"
#include "firmware/core/platform/trust_store.hpp"
#include "firmware/core/resumable_upload.hpp"
#include "firmware/core/root_keeper.hpp"
#include "firmware/core/spool.hpp"
#include "firmware/core/traffic.hpp"
#include "firmware/core/updater.hpp"
#include "firmware/core/upload_request.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// A sensor may take this long for one picture, milliseconds: the slowest needs two seconds in the dark.
inline constexpr std::int64_t capture_limit_ms = 10'000;

struct Platform {
  Clock& clock;
  Random& random;
  Stream& stream;
  FrameSource& source;
  Storage& storage;
  Log& log;
  Crypto& crypto;
  Board& board;
  Traffic& traffic;             // of everything that sends for this camera
  LinkMail* mail = nullptr;     // what passes between it and its link; null: it has none
  ImageSlots* slots = nullptr;  // null: its program cannot be replaced
  TrustStore* trust = nullptr;  // null: it trusts whom it trusts
};

// How rarely a camera speaks whose month's data is used up, milliseconds: often enough that a larger budget
// is heard of on the same day, and some hundred kilobytes a month.
inline constexpr std::int64_t spared_heartbeat_ms = std::int64_t{6} * 3'600'000;

// A camera sleeps by order for no longer, milliseconds: a month. Nobody can wake it before, so a mistyped
// year must not be the end of it; and more than that is a clock that is wrong.
inline constexpr std::int64_t max_sleep_ms = std::int64_t{31} * 86'400'000;

// So long settings, or a program, may keep a camera from its server before those before them are back,
// milliseconds: longer than a router takes to restart.
inline constexpr std::int64_t usual_trial_ms = 600'000;

struct AgentConfig {
  Server server;
  PlannerConfig schedule;
  std::uint64_t max_spool_bytes = 0;
  std::int64_t trial_ms = usual_trial_ms;
  UpdateConfig update;
};

// Memory for one record. A picture may have `size` - max_record_header_size bytes.
struct Slab {
  std::uint8_t* data = nullptr;
  std::size_t size = 0;
};

class Agent {
 public:
  Agent(const Platform& platform, const AgentConfig& config, Slab slab);

  // Runs until the schedule is done or stop(). False when the spool could not be opened; the log has said
  // why.
  bool run();

  // Lets run() return after the action in hand. Any thread.
  void stop();

  // The server wants it to start anew. After run().
  bool wants_restart() const { return wants_restart_; }

  // Another program is to be started in the place of this one. After run().
  bool wants_other_program() const { return wants_other_program_; }

  // Pictures that wait in the spool. After run(), or while its thread sleeps on the clock.
  std::size_t waiting() const { return spool_.waiting(); }

  // When the next picture is due, on the monotonic clock. The same.
  std::int64_t next_capture_ms() const { return planner_.next_capture_ms(); }

 private:
  void make_boot_id();
  bool open_spool();
  // Milliseconds since 1970, if the clock can be believed.
  std::optional<std::int64_t> wall_ms() const;
  // What the camera knows of itself without a picture.
  protocol::Telemetry own_telemetry() const;
  void capture();
  CaptureResult take_picture();
  CaptureResult keep(const Record& record);
  void upload(bool unspooled);
  void postpone_unreadable();
  // When there is something to look at, until this at the latest.
  std::int64_t look_again_ms(std::int64_t until_ms) const;

  Duty duty() const;

  // agent_orders.cpp
  void look_at_trial();
  void look_at_budget();
  void limit_live();
  void look_at_memory();
  // The server was not reached.
  void missed_server(const Answer& answer);
  void make_room();
  void take_orders(std::string_view body);
  void apply_settings();
  bool hold_for_schedule();
  void obey();
  void take_extra(std::int64_t count, std::int64_t interval_ms);
  void sleep(std::int64_t until_ms);
  void look_at_sleep();
  void send_log(std::int64_t lines);
  void test_self();
  // In a word, for a person.
  std::string_view try_storage();
  void write_heartbeat(std::int64_t silence_ms);
  std::int64_t silence_ms() const;
  // A POST of the body.
  Answer post(std::string_view path, std::string_view type, std::string_view body);
  void speak(bool over_link);
  void say();
  void hear_link();
  void was_told(std::uint32_t report_number);
  void rest_link();

  // agent_roots.cpp
  void learn_roots();

  // agent_update.cpp
  void recover_update();
  void look_at_update();
  void begin_update(const CommandOrder& command);
  // Why the battery is no match for an update; empty: it is, or there is none.
  Text<96> battery_complaint() const;
  void fetch();
  void confirm_update();
  void follow(const UpdateStep& step);

  Answer send(const Record& record);
  Answer send_in_pieces(const Record& record, const DescribedPicture& described);
  // With the key, or a signature in its place: whose request it is. Into authorization_.
  void authorize(const protocol::SignedFields& fields, Bytes body);
  void settle(const Record& record, const Answer& answer, bool unspooled, std::int64_t took_ms);
  std::optional<std::int64_t> capture_time(const Record& record) const;

  Platform platform_;
  const AgentConfig config_;
  const Slab slab_;
  LogRing log_;
  Spool spool_;
  Planner planner_;
  HttpClient client_;
  Duties duties_;
  MonthlyData data_;
  LinkShed shed_;
  std::optional<Updater> updater_;   // none: its program cannot be replaced
  std::optional<RootKeeper> roots_;  // none: it trusts whom it trusts
  ResumableUpload upload_;
  Authorization authorization_;
  RequestHead request_head_;  // here and not on the stack: a board's network task has eight kilobytes of it
  HttpResponse response_;     // the same
  Text<protocol::max_boot_id_length> boot_;
  std::int64_t started_ms_ = 0;
  std::uint64_t next_sequence_ = 0;
  Text<protocol::max_telemetry_length> telemetry_;  // of the picture in the slab
  Record unspooled_;                                // in the slab, while the planner says so
  HeartbeatText heartbeat_;
  // What was said over the link and not answered yet.
  struct Said {
    std::uint32_t number = 0;
    std::uint32_t report = 0;  // Duties::report_number()
    bool newest = true;        // no orders came another way since: those of its answer are not old
  };
  std::optional<Said> said_;
  bool linked_ = false;                           // as it has heard
  std::optional<protocol::Position> position_;    // as the last picture told
  std::optional<std::int64_t> sleeps_until_ms_;   // by order, on the monotonic clock
  Text<protocol::max_boot_id_length> last_boot_;  // what the last picture was called
  std::uint64_t last_sequence_ = 0;
  bool wants_restart_ = false;
  bool wants_other_program_ = false;
  std::atomic<bool> stop_requested_{false};
};

}  // namespace heliograph::firmware
