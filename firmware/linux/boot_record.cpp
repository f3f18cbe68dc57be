#include "firmware/linux/boot_record.hpp"

#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

namespace heliograph::firmware {
namespace {

constexpr std::array<std::pair<Slot, std::string_view>, 3> slot_names{
    {{Slot::installed, "installed"}, {Slot::a, "a"}, {Slot::b, "b"}}};
constexpr std::array<std::pair<TrialOutcome, std::string_view>, 3> outcome_names{
    {{TrialOutcome::none, "none"},
     {TrialOutcome::confirmed, "confirmed"},
     {TrialOutcome::rolled_back, "rolled-back"}}};

template <class Names>
auto named(const Names& names, std::string_view text) -> std::optional<decltype(names[0].first)> {
  for (const auto& [value, name] : names) {
    if (name == text) return value;
  }
  return std::nullopt;
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

// "name value" of the next line, which is taken off; none: it is another one.
std::optional<std::string_view> take_line(std::string_view& text, std::string_view name) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  if (line.size() <= name.size() || line.substr(0, name.size()) != name || line[name.size()] != ' ') {
    return std::nullopt;
  }
  text.remove_prefix(end + 1);
  return line.substr(name.size() + 1);
}

std::string printable(std::string_view text) {
  std::string plain;
  for (const char c : text.substr(0, TrialReason::max_size)) plain += c >= ' ' && c <= '~' ? c : '?';
  return plain;
}

std::string describe(const Ending& ending) {
  switch (ending.kind) {
    case Ending::Kind::exited:
      return fmt::format("it ended with status {}", ending.number);
    case Ending::Kind::killed:
      return fmt::format("it was ended by signal {}", ending.number);
    case Ending::Kind::out_of_time:
      return "it hung: no word from the server in time, and no end";
    case Ending::Kind::not_started:
      break;
  }
  return fmt::format("it could not be started (errno {})", ending.number);
}

}  // namespace

std::string_view name_of(Slot slot) {
  return slot_names[static_cast<std::size_t>(slot)].second;
}

Slot other_than(Slot running) {
  return running == Slot::a ? Slot::b : Slot::a;
}

std::optional<BootRecord> read_boot_record(std::string_view text) {
  BootRecord record;
  const auto active = named(slot_names, take_line(text, "active").value_or(""));
  const std::string_view trial = take_line(text, "trial").value_or("");
  record.trial = named(slot_names, trial);
  const bool starts = read_number(take_line(text, "starts").value_or(""), record.starts);
  const auto outcome = named(outcome_names, take_line(text, "outcome").value_or(""));
  const bool security = read_number(take_line(text, "security").value_or(""), record.security);
  const auto reason = take_line(text, "reason");
  if (!active || !outcome || !starts || !security || !reason || !text.empty()) return std::nullopt;
  if (!record.trial && trial != "none") return std::nullopt;
  if (record.trial == Slot::installed || record.trial == *active || record.starts < 0) return std::nullopt;
  record.active = *active;
  record.outcome = *outcome;
  record.reason = printable(*reason);
  return record;
}

std::string write_boot_record(const BootRecord& record) {
  return fmt::format("active {}\ntrial {}\nstarts {}\noutcome {}\nsecurity {}\nreason {}\n",
                     name_of(record.active), record.trial ? name_of(*record.trial) : "none", record.starts,
                     outcome_names[static_cast<std::size_t>(record.outcome)].second, record.security,
                     printable(record.reason));
}

BootRecord rolled_back(BootRecord record, std::string_view reason) {
  record.trial.reset();
  record.starts = 0;
  record.outcome = TrialOutcome::rolled_back;
  record.reason = printable(reason);
  return record;
}

Start choose_start(BootRecord record) {
  if (record.trial && record.starts >= max_program_starts) {
    record = rolled_back(std::move(record), "it was restarted too often before the server answered it");
  }
  if (!record.trial) {
    const Slot active = record.active;
    return {std::move(record), active, false};
  }
  ++record.starts;
  const Slot trial = *record.trial;
  return {std::move(record), trial, true};
}

protocol::ResetReason reset_after(const Ending& ending) {
  switch (ending.kind) {
    case Ending::Kind::killed:
      return protocol::ResetReason::panic;
    case Ending::Kind::out_of_time:
      return protocol::ResetReason::watchdog;
    case Ending::Kind::exited:
    case Ending::Kind::not_started:
      break;
  }
  return protocol::ResetReason::software;
}

Sequel after(const Start& start, const BootRecord& record, const Ending& ending) {
  if (!start.on_trial && ending.kind == Ending::Kind::not_started && start.slot != Slot::installed) {
    BootRecord installed = record;
    installed.active = Slot::installed;
    return {installed, true};
  }
  const bool unproven = start.on_trial && record.trial == start.slot;
  if (ending.asked) return {record, false};  // a trial goes on when it is started again
  if (unproven) return {rolled_back(record, describe(ending)), true};
  // It put another one on trial, or gave itself up.
  const bool gave_up = start.on_trial && record.outcome == TrialOutcome::rolled_back;
  return {record, record.trial.has_value() || gave_up};
}

}  // namespace heliograph::firmware
