// Brings a release into the other slot, and decides whether it stays. The agent makes the exchanges that this
// asks for, and restarts when it says so.
//
// Nothing of an image is believed but what a key that the camera was given has signed, and nothing is put on
// trial but what was read back and is that to the byte. Belongs to the agent's thread. What must not be in
// it: how programs are kept and started (ImageSlots), when the server is asked (Planner).
#pragma once

#include "firmware/core/http_client.hpp"
#include "firmware/core/http_response.hpp"
#include "firmware/core/orders.hpp"
#include "firmware/core/planner.hpp"
#include "firmware/core/platform/crypto.hpp"
#include "firmware/core/platform/image_slots.hpp"
#include "firmware/core/text.hpp"
#include "firmware/core/upload_request.hpp"
#include "protocol/upload.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// Bytes of an image that are asked for at once: half a minute of the slowest link, between two pictures.
inline constexpr std::uint64_t fetch_piece = max_drained_body;
// With less in its battery no update is begun, nor gone on with, millivolts: a lithium cell has a fifth left,
// and a restart with a modem that starts may pull it below what the chip needs.
inline constexpr std::int64_t min_update_battery_mv = 3'600;
// Keys that a camera can trust at once: the one in use, the next, and spares.
inline constexpr std::size_t max_trusted_keys = 4;

// Where a release is fetched from.
using FirmwarePath = Text<protocol::firmware_path.size() + 1 + ReleaseId::max_size>;

// What of updates a camera goes by. `model` and `version` are those of the program that runs, and outlive
// this.
struct UpdateConfig {
  std::string_view model;
  std::string_view version;
  std::uint32_t security = 0;  // the program's own
  std::array<protocol::Ed25519Key, max_trusted_keys> keys{};
  std::size_t key_count = 0;
};

// Why a program is not taken, for a person; empty: it is. Pure. `confirmed`: the greatest security number
// that the camera has confirmed.
TrialReason judge_manifest(const protocol::Manifest& manifest, const UpdateConfig& config,
                           std::uint32_t confirmed);

struct UpdateStep {
  enum class Kind {
    fetch,    // ask for the next piece; `verdict` says how the server took the last one
    restart,  // the other slot is on trial, or what runs was given up: end the program
    done,     // the release runs, and was confirmed
    failed,   // `reason`
    put_off   // not now, for `reason`: as it is, another try may do
  };
  Kind kind = Kind::fetch;
  UploadResult verdict;
  Text<96> reason;
};

class Updater final : public BodySink {
 public:
  // All outlive this. `config` without keys: nothing can be fetched.
  Updater(ImageSlots& slots, Crypto& crypto, const UpdateConfig& config)
      : slots_(slots), crypto_(crypto), config_(config) {}

  // After a start. `release`: whose command was begun before; empty: none. None: it is the trial of that
  // release, or there is nothing to do.
  std::optional<UpdateStep> recover(std::string_view release, std::int64_t now_ms, std::int64_t trial_ms);

  // Wants this release from now on.
  void begin(std::string_view release);
  // Does not want it now; what came of it is kept, for another try.
  UpdateStep put_off(std::string_view reason);
  // There is a piece to be asked for.
  bool wants_piece() const { return !release_.empty() && !on_trial_; }

  // The next request: where it goes, its head, and how many bytes of body the answer may have. The answer's
  // body is to be handed to this (BodySink) as it comes.
  FirmwarePath path() const;
  void write_request(const Server& server, std::string_view authorization, RequestHead& head);
  std::size_t expected_size() const { return expected_; }
  void take(int status, const ContentRange& range, const char* data, std::size_t size) override;
  // What follows from how the exchange ended.
  UpdateStep took(ExchangeStatus status, const HttpResponse& response, std::string_view network_error);

  // What runs is on trial until then; none: it is not.
  std::optional<std::int64_t> trial_ends_ms() const { return trial_ends_ms_; }
  // The server has answered it.
  UpdateStep reached();
  // It has not, in time.
  UpdateStep give_up(std::string_view reason);

 private:
  UpdateStep take_manifest(const HttpResponse& response);
  UpdateStep take_piece();
  UpdateStep verify();
  UpdateStep fail(std::string_view reason);
  UpdateStep slots_failed(std::string_view what);
  bool is_signed(const protocol::Manifest& manifest);

  ImageSlots& slots_;
  Crypto& crypto_;
  const UpdateConfig config_;
  ReleaseId release_;
  ManifestText manifest_text_;  // of the release, verified; empty: not yet fetched
  protocol::Manifest manifest_;
  std::uint64_t have_ = 0;   // bytes of the image in the other slot
  std::uint64_t had_ = 0;    // before the piece that was asked for
  std::uint64_t asked_ = 0;  // of the file, the first byte that was asked for
  std::size_t expected_ = 0;
  bool broken_ = false;  // a piece could not be kept, or was another one
  bool on_trial_ = false;
  std::optional<std::int64_t> trial_ends_ms_;
};

}  // namespace heliograph::firmware
