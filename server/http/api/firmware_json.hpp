// Releases and rollouts as people see them. Pure.
#pragma once

#include "server/cameras/releases.hpp"
#include "server/http/api/routes.hpp"
#include "server/http/json.hpp"

#include <string>
#include <vector>

namespace heliograph::http {

void write_release(JsonWriter& json, const catalog::Release& release);
std::string releases_json(const std::vector<catalog::Release>& releases);

// Without its cameras; with how many of them are in each state.
void write_rollout(JsonWriter& json, const cameras::RolloutSeen& seen);
// With each of them.
std::string rollout_json(const cameras::RolloutSeen& seen);
std::string rollouts_json(const std::vector<cameras::RolloutSeen>& rollouts);

// Says only that there is something to read again.
Change rollout_changed(RolloutId id);
// All that is news.
std::vector<Change> changes_of(const cameras::Driven& driven);

}  // namespace heliograph::http
