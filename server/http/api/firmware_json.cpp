#include "server/http/api/firmware_json.hpp"

#include "server/cameras/signing.hpp"
#include "server/http/api/orders_json.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace heliograph::http {
namespace {

using cameras::MemberState;

void write_fields(JsonWriter& json, const cameras::RolloutSeen& seen) {
  const catalog::Rollout& rollout = seen.rollout;
  json.field("id", to_string(rollout.id));
  json.key("release");
  write_release(json, seen.release);
  json.field("group", rollout.group.value > 0 ? std::optional(to_string(rollout.group)) : std::nullopt);
  json.field("first", rollout.first ? std::optional(to_string(*rollout.first)) : std::nullopt);
  json.field("stage", to_string(rollout.stage));
  json.field("state", to_string(rollout.state));
  json.field("automatic", rollout.automatic);
  json.field("failure_limit", rollout.failure_limit);
  json.field("reason", rollout.reason);
  json.field("actor", rollout.actor);
  json.field("created_at", to_ms(rollout.created_at));
  json.field("changed_at", to_ms(rollout.changed_at));
  json.key("counts").object([&] {
    constexpr std::array all{MemberState::unable,  MemberState::current, MemberState::waiting,
                             MemberState::put_off, MemberState::told,    MemberState::updated,
                             MemberState::failed,  MemberState::left_out};
    for (const MemberState state : all) {
      json.field(cameras::to_string(state), std::ranges::count(seen.states, state));
    }
  });
}

void write_member(JsonWriter& json, const catalog::RolloutMember& member, MemberState state) {
  json.object([&] {
    json.field("camera_id", to_string(member.camera));
    json.field("name", member.name);
    json.field("firmware", member.firmware);
    json.field("state", cameras::to_string(state));
    json.field("reason", member.told ? member.told->reason : std::nullopt);
    json.field("changed_at", member.told ? std::optional(to_ms(member.told->changed_at)) : std::nullopt);
  });
}

}  // namespace

void write_release(JsonWriter& json, const catalog::Release& release) {
  json.object([&] {
    json.field("id", to_string(release.id));
    json.field("model", release.model);
    json.field("version", release.version);
    json.field("security", release.security);
    json.field("downgrade", release.downgrade);
    json.field("size_bytes", release.size_bytes);
    json.field("sha256", to_hex(release.sha256));
    json.field("key", cameras::hex_of(release.public_key));
    json.field("actor", release.actor);
    json.field("created_at", to_ms(release.created_at));
  });
}

std::string releases_json(const std::vector<catalog::Release>& releases) {
  JsonWriter json;
  json.object([&] {
    json.key("releases").array([&] {
      for (const catalog::Release& release : releases) write_release(json, release);
    });
  });
  return std::move(json).text();
}

void write_rollout(JsonWriter& json, const cameras::RolloutSeen& seen) {
  json.object([&] { write_fields(json, seen); });
}

std::string rollout_json(const cameras::RolloutSeen& seen) {
  JsonWriter json;
  json.object([&] {
    write_fields(json, seen);
    json.key("cameras").array([&] {
      for (std::size_t i = 0; i < seen.members.size(); ++i) {
        write_member(json, seen.members[i], seen.states[i]);
      }
    });
  });
  return std::move(json).text();
}

std::string rollouts_json(const std::vector<cameras::RolloutSeen>& rollouts) {
  JsonWriter json;
  json.object([&] {
    json.key("rollouts").array([&] {
      for (const cameras::RolloutSeen& seen : rollouts) write_rollout(json, seen);
    });
  });
  return std::move(json).text();
}

Change rollout_changed(RolloutId id) {
  JsonWriter json;
  json.object([&] { json.field("id", to_string(id)); });
  return {"rollout-changed", std::move(json).text(), std::nullopt, /*for_administrators=*/true};
}

std::vector<Change> changes_of(const cameras::Driven& driven) {
  std::vector<Change> changes;
  for (const catalog::Command& command : driven.commands) changes.push_back(command_changed(command));
  for (const RolloutId id : driven.rollouts) changes.push_back(rollout_changed(id));
  return changes;
}

}  // namespace heliograph::http
