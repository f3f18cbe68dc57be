// What the agent does so that it goes on trusting its server.
#include "firmware/core/agent.hpp"

namespace heliograph::firmware {
namespace {

// For a person; empty: it is nothing to speak of.
std::string_view words_of(RootsStep step) {
  switch (step) {
    case RootsStep::learnt:
      return "it trusts the roots that its server has told it, too";
    case RootsStep::useless:
      return "its server has told it roots that do not lead to it: nothing has changed";
    case RootsStep::prove:
    case RootsStep::unchanged:
    case RootsStep::away:
      break;
  }
  return {};
}

}  // namespace

void Agent::learn_roots() {
  RootsStep step = RootsStep::prove;
  while (step == RootsStep::prove) {
    roots_->write_request(config_.server, request_head_);
    const ExchangeStatus status =
        client_.exchange({request_head_.view(), nullptr, 0, &*roots_, max_roots}, response_);
    step = roots_->took(status, response_, platform_.clock.mono_ms(), wall_ms());
    if (step != RootsStep::unchanged) client_.close();  // the next one is made with other roots
  }
  planner_.asked_for_roots(step != RootsStep::away);
  if (words_of(step).empty()) return;
  Event event;
  event.kind = EventKind::trusting;
  event.detail = words_of(step);
  log_.record(event);
}

}  // namespace heliograph::firmware
