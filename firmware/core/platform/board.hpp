// What a port owes the core about itself: what it is, and what it can be set to.
#pragma once

#include "firmware/core/text.hpp"
#include "protocol/telemetry.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// Texts that live as long as the board, fit for JSON as they are.
struct BoardFacts {
  std::string_view firmware;
  std::string_view model;
  std::string_view sensor;
  std::string_view capabilities;  // JSON: protocol/README.md, Orders
};

using ImageWord = Text<16>;

// How pictures are taken; absent: as the board likes. The scales are those of protocol/README.md, Settings.
struct ImageSettings {
  ImageWord resolution;  // "1024x768"
  std::optional<std::int64_t> quality;
  std::optional<int> rotation;  // degrees to the right: 0, 90, 180, 270
  std::optional<bool> auto_exposure;
  std::optional<std::int64_t> exposure_lines;
  std::optional<std::int64_t> exposure_bias;
  std::optional<bool> auto_iso;
  std::optional<std::int64_t> iso_gain;
  ImageWord white_balance;
  std::optional<std::int64_t> brightness;
  std::optional<std::int64_t> contrast;
  std::optional<std::int64_t> saturation;
  std::optional<std::int64_t> sharpness;
  ImageWord effect;
};

// What may go over the camera's link while somebody watches.
struct LiveLimits {
  std::optional<std::int64_t> max_fps;
  std::optional<std::int64_t> max_kbps;
  bool linked = true;   // it may hold a link now
  bool sending = true;  // frames may go over it
  bool awake = true;    // its owner wants it ready at any moment: it does not sleep
};

using Complaint = Text<96>;  // for a person; empty: there is none

// "`rotation` must be 0 or 180".
inline Complaint complaint_about(std::string_view setting, std::string_view sentence) {
  Complaint complaint;
  complaint.append('`').append(setting.substr(0, 32)).append("` ").append(sentence);
  return complaint;
}

// Owned by the agent's thread.
class Board {
 public:
  virtual BoardFacts facts() const = 0;
  // Adds what it can measure now without a picture: supply, signal, memory, and why it started.
  virtual void measure(protocol::Telemetry& telemetry) const = 0;
  // Bytes that a TLS session could have in one piece; none: it does not run short of memory.
  virtual std::optional<std::size_t> free_block() const { return std::nullopt; }
  // From the next picture on. With a complaint nothing has changed.
  virtual Complaint apply(const ImageSettings& settings) = 0;
  // Holds from now on, for whatever shows it live. Must not block.
  virtual void limit_live(const LiveLimits& limits) = 0;
  // Shows which one it is, for so long: a light, a line on a screen. Returns at once.
  virtual void identify(std::int64_t seconds) = 0;

 protected:
  ~Board() = default;
};

}  // namespace heliograph::firmware
