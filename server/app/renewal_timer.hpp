// What runs the ACME client again before the certificate ends: a timer of systemd's, or a line for cron where
// there is no systemd, or no right to it.
#pragma once

#include "server/base/error.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heliograph::app {

struct Renewal {
  std::vector<std::string> command;
  std::string user;  // who runs it
  std::vector<std::pair<std::string, std::string>> environment;
};

// Four times a day: an authority that wants certificates back tells so by what a client reads when it asks,
// and one of six days is renewed after three.
inline constexpr int renewal_hours = 6;

inline constexpr std::string_view renewal_service = "heliograph-https.service";
inline constexpr std::string_view renewal_timer = "heliograph-https.timer";
inline constexpr const char* systemd_units = "/etc/systemd/system";

// The texts of the two units.
std::string service_text(const Renewal& renewal);
std::string timer_text();

// For the crontab of Renewal::user. `minute` 0 to 59, another on every machine: authorities are asked by
// many.
std::string cron_line(const Renewal& renewal, int minute);

// Writes both units into the folder.
Result<void> write_units(const std::filesystem::path& folder, const Renewal& renewal);
// Has systemd read them and start the timer, now and at every boot. Root only.
Result<void> start_timer();

bool systemd_runs_here();

}  // namespace heliograph::app
