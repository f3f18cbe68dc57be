#include "server/cameras/orders.hpp"

#include "protocol/link.hpp"
#include "server/catalog/places.hpp"
#include "server/catalog/series.hpp"

#include <algorithm>

namespace heliograph::cameras {
namespace {

using catalog::Command;
using catalog::CommandState;

// Of overdue commands that are read at once: a millisecond.
constexpr int overdue_at_once = 100;

// The event happens to the command, if anything follows from it. None: nothing did, or somebody was faster.
Result<std::optional<Command>> happen(catalog::Catalog& catalog, Command command, CommandEvent event,
                                      Timestamp now) {
  const CommandState before = command.state;
  const auto after = transition(before, event);
  if (!after) return std::optional<Command>{};
  command.state = *after;
  command.changed_at = now;
  const auto changed = catalog::Orders(catalog).change(command, before);
  if (!changed) return changed.error();
  return *changed ? std::optional(std::move(command)) : std::nullopt;
}

// One camera's turn.
class Turn {
 public:
  Turn(catalog::Catalog& catalog, CameraId camera, Timestamp now)
      : catalog_(catalog), orders_(catalog), camera_(camera), now_(now) {}

  Result<void> listen(const Spoken& spoken) {
    if (spoken.self) {
      if (auto kept = orders_.set_self(camera_, *spoken.self); !kept) return kept;
    }
    if (spoken.settings) {
      const auto news = orders_.report(camera_, *spoken.settings, now_);
      if (!news) return news.error();
      done_.settings_changed = *news;
    }
    if (!spoken.telemetry.empty()) {
      if (auto kept = catalog::Series(catalog_).add(camera_, now_, spoken.telemetry); !kept) return kept;
    }
    for (const CommandReport& report : spoken.reports) {
      if (auto taken = take(report); !taken) return taken;
    }
    return {};
  }

  Result<void> tell() {
    const auto settings = orders_.settings(camera_);
    if (!settings) return settings.error();
    auto unfinished = orders_.unfinished(camera_);
    if (!unfinished) return unfinished.error();
    for (const Command& command : *unfinished) {
      if (!is_overdue(command, now_)) continue;
      if (auto ended = note(happen(catalog_, command, CommandEvent::expire, now_)); !ended) return ended;
    }
    done_.orders = next_orders(*settings, *unfinished, now_);
    auto& command = done_.orders.command;
    if (!command || command->state != CommandState::queued) return {};
    auto delivered = happen(catalog_, *command, CommandEvent::deliver, now_);
    if (!delivered) return delivered.error();
    command = *delivered;  // none: another connection of this camera was handed it, or it was cancelled
    return note(std::move(delivered));
  }

  Exchanged done() && { return std::move(done_); }

 private:
  Result<void> take(const CommandReport& report) {
    auto command = orders_.command(camera_, report.command);
    // One that was forgotten here: the camera need not keep its report either.
    if (!command && command.error().kind == ErrorKind::not_found) return {};
    if (!command) return command.error();
    command->reason = report.reason;
    command->result = report.result;
    return note(happen(catalog_, std::move(*command), report.event, now_));
  }

  Result<void> note(Result<std::optional<Command>> changed) {
    if (!changed) return changed.error();
    if (*changed) done_.changed.push_back(std::move(**changed));
    return {};
  }

  catalog::Catalog& catalog_;
  catalog::Orders orders_;
  const CameraId camera_;
  const Timestamp now_;
  Exchanged done_;
};

// Is it the same wish, sent again?
bool is_same(const Command& command, const Wish& wish) {
  return command.name == wish.name && command.arguments == wish.arguments;
}

// Where cameras believe that they are, for those that go by the sun: asked once, when there is one of them.
// A place that somebody has put them at does not count, for they do not know of it.
class BelievedPositions {
 public:
  explicit BelievedPositions(catalog::Catalog& catalog) : catalog_(catalog) {}

  Result<std::optional<protocol::Position>> of(CameraId camera) {
    if (!told_) {
      auto told = catalog::Places(catalog_).told();
      if (!told) return told.error();
      told_ = std::move(*told);
    }
    const auto place = std::ranges::lower_bound(*told_, camera, {}, &catalog::Place::camera);
    if (place == told_->end() || place->camera != camera) return std::optional<protocol::Position>{};
    return std::optional(protocol::Position{place->lat_e7, place->lon_e7});
  }

 private:
  catalog::Catalog& catalog_;
  std::optional<std::vector<catalog::Place>> told_;  // by camera
};

}  // namespace

NextOrders next_orders(const catalog::CameraSettings& settings, std::span<const Command> unfinished,
                       Timestamp now) {
  NextOrders next;
  const bool answered = settings.reported && settings.reported->version == settings.version;
  if (settings.version > 0 && !answered) next.settings = settings;
  const auto current = [now](const Command& command) { return !is_overdue(command, now); };
  // An update that the camera has begun goes on beside other commands; beside another one it does not.
  const bool updating = std::ranges::any_of(unfinished, [&current](const Command& command) {
    return is_update(command) && command.state == CommandState::accepted && current(command);
  });
  const Command* queued = nullptr;
  for (const Command& command : unfinished) {
    if (!current(command) || (updating && is_update(command))) continue;
    if (command.state == CommandState::accepted) return next;  // it is at work
    if (command.state == CommandState::delivered) {            // it may not have heard
      next.command = command;
      return next;
    }
    if (queued == nullptr) queued = &command;
  }
  if (queued != nullptr) next.command = *queued;
  return next;
}

Result<Exchanged> exchange(catalog::Catalog& catalog, const Clock& clock, CameraId camera,
                           const Spoken& spoken) {
  Turn turn(catalog, camera, clock.now());
  if (auto heard = turn.listen(spoken); !heard) return heard.error();
  if (auto told = turn.tell(); !told) return told.error();
  return std::move(turn).done();
}

Result<Submitted> submit(catalog::Catalog& catalog, const Clock& clock, CameraId camera, const Wish& wish) {
  if (!command_id_valid(wish.id)) {
    return Error{ErrorKind::bad_request, "`id` must be 1 to 36 characters of A-Z a-z 0-9 _ -"};
  }
  if (wish.life < min_command_life || wish.life > max_command_life) {
    return Error{ErrorKind::bad_request, "`expires_in_ms` must be from " +
                                             std::to_string(min_command_life.count()) + " to " +
                                             std::to_string(max_command_life.count())};
  }
  const Timestamp now = clock.now();
  catalog::Orders orders(catalog);
  auto known = orders.command(camera, wish.id);
  if (known && is_same(*known, wish)) return Submitted{std::move(*known), false};
  if (known) return Error{ErrorKind::conflict, "the id " + wish.id + " is another command's"};
  if (known.error().kind != ErrorKind::not_found) return known.error();
  const auto waiting = orders.unfinished(camera);
  if (!waiting) return waiting.error();
  const auto count =
      std::ranges::count_if(*waiting, [now](const Command& one) { return !is_overdue(one, now); });
  if (count >= max_unfinished_commands) {
    return Error{ErrorKind::too_many, "this camera has " + std::to_string(count) +
                                          " commands to carry out already: cancel some, or wait"};
  }
  Submitted submitted{{camera,
                       wish.id,
                       wish.name,
                       wish.arguments,
                       wish.actor,
                       CommandState::queued,
                       now,
                       now + wish.life,
                       now,
                       {},
                       {}},
                      true};
  if (auto added = orders.add(submitted.command); !added) return added.error();
  return submitted;
}

Result<Command> cancel(catalog::Catalog& catalog, const Clock& clock, CameraId camera, std::string_view id) {
  auto command = catalog::Orders(catalog).command(camera, id);
  if (!command) return command;
  const CommandState before = command->state;
  auto cancelled = happen(catalog, std::move(*command), CommandEvent::cancel, clock.now());
  if (!cancelled) return cancelled.error();
  if (!*cancelled) {
    return Error{ErrorKind::conflict, "it is too late: the command is " + std::string(to_string(before))};
  }
  return std::move(**cancelled);
}

Result<std::vector<Command>> expire_overdue(catalog::Catalog& catalog, const Clock& clock) {
  const Timestamp now = clock.now();
  const auto overdue = catalog::Orders(catalog).overdue(now, overdue_at_once);
  if (!overdue) return overdue.error();
  std::vector<Command> ended;
  for (const Command& command : *overdue) {
    if (!is_overdue(command, now)) continue;
    auto expired = happen(catalog, command, CommandEvent::expire, now);
    if (!expired) return expired.error();
    if (*expired) ended.push_back(std::move(**expired));
  }
  return ended;
}

Result<Capabilities> capabilities_of(catalog::Catalog& catalog, CameraId camera) {
  const auto self = catalog::Orders(catalog).self(camera);
  if (!self) return self.error();
  if (!*self) return Capabilities{};
  return read_capabilities((*self)->capabilities.value_or(""), (*self)->sensor);
}

Result<void> lose_link(catalog::Catalog& catalog, CameraId camera, Timestamp heard_at) {
  const Timestamp due_at = heard_at + std::chrono::seconds(protocol::link_ping_s);
  return catalog::Orders(catalog).note_loss(camera, heard_at, due_at);
}

Result<std::vector<CameraPresence>> presences(catalog::Catalog& catalog, std::optional<CameraId> camera,
                                              Timestamp now) {
  const auto heard = catalog::Orders(catalog).heard(camera);
  if (!heard) return heard.error();
  BelievedPositions positions(catalog);
  std::vector<CameraPresence> found;
  found.reserve(heard->size());
  for (const catalog::Heard& one : *heard) {
    PresenceFacts facts;
    facts.heard_at = std::max(one.accepted_at, one.heard_at);
    facts.promised_at = one.due_at;
    facts.rhythm = read_rhythm(one.applied.value_or("{}"));
    if (facts.rhythm.schedule.daylight_only) {
      const auto position = positions.of(one.camera);
      if (!position) return position.error();
      facts.position = *position;
    }
    found.push_back({one.camera, facts.heard_at, find_presence(facts, now)});
  }
  return found;
}

}  // namespace heliograph::cameras
