#include "server/app/renewal_timer.hpp"

#include "server/app/program.hpp"

#include <cerrno>
#include <fstream>

#include <fmt/format.h>

namespace heliograph::app {
namespace {

namespace fs = std::filesystem;

// systemctl answers at once; it waits for a busy machine.
constexpr std::chrono::seconds systemctl_patience{60};

// A word of a command line in a unit (systemd.service, systemd.syntax): % begins a specifier, $ a variable.
std::string unit_word(std::string_view word) {
  std::string quoted = "\"";
  for (const char c : word) {
    if (c == '%' || c == '$') quoted += c;
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

// The same for cron, which hands it to sh after it has taken % for an end of line.
std::string cron_word(std::string_view word) {
  std::string quoted = "'";
  for (const char c : word) {
    if (c == '\'') {
      quoted += "'\\''";
    } else if (c == '%') {
      quoted += "'\\%'";
    } else {
      quoted += c;
    }
  }
  return quoted + '\'';
}

Result<void> write_file(const fs::path& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream << text;
  stream.close();
  if (!stream) return error_from_errno(errno, "write " + file.string());
  return {};
}

}  // namespace

std::string service_text(const Renewal& renewal) {
  std::string command;
  for (const std::string& word : renewal.command) command += (command.empty() ? "" : " ") + unit_word(word);
  std::string environment;
  for (const auto& [name, value] : renewal.environment) {
    // No variables here, so a $ is one.
    std::string word = unit_word(fmt::format("{}={}", name, value));
    for (auto at = word.find("$$"); at != std::string::npos; at = word.find("$$", at + 1)) word.erase(at, 1);
    environment += "Environment=" + word + "\n";
  }
  return fmt::format(
      "# Made by `heliograph https setup`, which writes it anew.\n"
      "[Unit]\n"
      "Description=Renew Heliograph's certificate when it is due\n"
      "Wants=network-online.target\n"
      "After=network-online.target\n"
      "\n"
      "[Service]\n"
      "Type=oneshot\n"
      "User={}\n"
      "{}"
      "ExecStart={}\n"
      "ProtectSystem=full\n",
      renewal.user, environment, command);
}

std::string timer_text() {
  return fmt::format(
      "# Made by `heliograph https setup`, which writes it anew.\n"
      "[Unit]\n"
      "Description=Look {} times a day whether Heliograph's certificate is due\n"
      "\n"
      "[Timer]\n"
      "OnCalendar=*-*-* 00/{}:00:00\n"
      "RandomizedDelaySec={}h\n"
      "FixedRandomDelay=yes\n"
      "Persistent=yes\n"
      "\n"
      "[Install]\n"
      "WantedBy=timers.target\n",
      24 / renewal_hours, renewal_hours, renewal_hours);
}

std::string cron_line(const Renewal& renewal, int minute) {
  std::string line = fmt::format("{} */{} * * *", minute, renewal_hours);
  for (const auto& [name, value] : renewal.environment) line += " " + name + "=" + cron_word(value);
  for (const std::string& word : renewal.command) line += " " + cron_word(word);
  return line;
}

Result<void> write_units(const fs::path& folder, const Renewal& renewal) {
  if (auto written = write_file(folder / renewal_service, service_text(renewal)); !written) return written;
  return write_file(folder / renewal_timer, timer_text());
}

Result<void> start_timer() {
  const std::vector<std::vector<std::string>> commands{
      {"systemctl", "daemon-reload"}, {"systemctl", "enable", "--now", std::string(renewal_timer)}};
  for (const auto& command : commands) {
    const auto end = run_program(command, systemctl_patience);
    if (!end) return end.error();
    if (end->status != 0) {
      return Error{ErrorKind::internal, fmt::format("systemctl {} failed: {}", command[1], end->said)};
    }
  }
  return {};
}

bool systemd_runs_here() {
  std::error_code ignored;
  return fs::exists("/run/systemd/system", ignored);  // sd_booted(3)
}

}  // namespace heliograph::app
