// What a port owes the core about itself: what it is, and what it can be set to.
#pragma once

#include "firmware/core/text.hpp"

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

// How pictures are taken; absent: as the board likes.
struct ImageSettings {
  Text<16> resolution;  // "1024x768"
  std::optional<std::int64_t> quality;
};

using Complaint = Text<96>;  // for a person; empty: there is none

// Owned by the agent's thread.
class Board {
 public:
  virtual BoardFacts facts() const = 0;
  // From the next picture on. With a complaint nothing has changed.
  virtual Complaint apply(const ImageSettings& settings) = 0;
  // Shows which one it is, for so long: a light, a line on a screen. Returns at once.
  virtual void identify(std::int64_t seconds) = 0;

 protected:
  ~Board() = default;
};

}  // namespace heliograph::firmware
