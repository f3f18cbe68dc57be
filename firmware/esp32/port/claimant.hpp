// How a board that its server does not know gets in: it makes itself a key, and shows the code that its owner
// types in the dashboard.
#pragma once

#include "firmware/core/platform/clock.hpp"
#include "firmware/core/platform/random.hpp"
#include "firmware/core/platform/stream.hpp"
#include "firmware/esp32/port/settings_store.hpp"

#include <string_view>

namespace heliograph::firmware {

struct ClaimPlatform {
  Clock& clock;
  Random& random;
  Stream& stream;
  SettingsStore& store;
};

// Shows a sentence to whoever sets the board up. Called now and then.
using ShowSentence = void (*)(std::string_view sentence);

// Asks until the owner has accepted it. `settings` has a server; afterwards it has a key that is known there.
// False: the server will never take it, and the sentence that was shown last says why.
bool claim(const ClaimPlatform& platform, Settings& settings, std::string_view model, ShowSentence show);

}  // namespace heliograph::firmware
