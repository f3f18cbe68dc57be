// Programs for cameras, and how far they have come: releases, rollouts, and what came of each camera that was
// told.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/catalog/orders.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::catalog {

struct Release {
  ReleaseId id;
  std::string model;
  std::string version;
  std::int64_t security = 0;
  bool downgrade = false;       // may take the place of a greater version
  std::int64_t size_bytes = 0;  // of the image
  Sha256Digest sha256{};        // the same
  std::array<std::uint8_t, 32> public_key{};
  Sha256Digest manifest_sha256{};
  std::string actor;
  Timestamp created_at;

  friend bool operator==(const Release&, const Release&) = default;
};

enum class RolloutStage { one, tenth, all };
enum class RolloutState { running, halted, finished };
std::string_view to_string(RolloutStage stage);
std::string_view to_string(RolloutState state);

struct Rollout {
  RolloutId id;
  ReleaseId release;
  std::string model;
  GroupId group;  // 0: of every group and of none
  std::optional<CameraId> first;
  RolloutStage stage = RolloutStage::one;
  RolloutState state = RolloutState::running;
  bool automatic = false;
  std::int64_t failure_limit = 1;
  std::optional<std::string> reason;  // of a halt
  std::string actor;
  Timestamp created_at;
  Timestamp changed_at;

  friend bool operator==(const Rollout&, const Rollout&) = default;
};

enum class RolloutOutcome { told, updated, failed, left_out };
std::string_view to_string(RolloutOutcome outcome);

// What a rollout told a camera, and what came of it.
struct ToldCamera {
  std::string command;
  RolloutOutcome outcome = RolloutOutcome::told;
  std::optional<std::string> reason;  // of `told`: it has put it off since `changed_at`
  Timestamp changed_at;

  friend bool operator==(const ToldCamera&, const ToldCamera&) = default;
};

// A camera that a rollout is about: of its model and group, or told by it before.
struct RolloutMember {
  CameraId camera;
  std::string name;
  std::string firmware;                     // as it says
  std::optional<std::string> capabilities;  // JSON
  std::optional<Timestamp> heard_at;
  std::optional<ToldCamera> told;
  // How the command stands that told it; none: it was not told, or the command is forgotten.
  std::optional<CommandState> command_state;
  std::optional<std::string> command_reason;
  std::optional<std::string> command_result;  // JSON

  friend bool operator==(const RolloutMember&, const RolloutMember&) = default;
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there.
class Firmware {
 public:
  explicit Firmware(Catalog& catalog) : db_(*catalog.db_) {}

  // conflict: there is one of this manifest, or id.
  Result<void> add_release(const Release& release);
  Result<Release> release(ReleaseId id);  // not_found
  Result<std::optional<Release>> release_of_manifest(const Sha256Digest& manifest);
  // Newest first.
  Result<std::vector<Release>> releases();
  // With its rollouts. not_found; conflict: one of them runs.
  Result<void> remove_release(ReleaseId id);
  // Was the camera told by a rollout that runs to take it, and has it not ended or put it off?
  Result<bool> may_fetch(CameraId camera, ReleaseId release);

  // conflict: there is one that runs for the model.
  Result<void> add_rollout(const Rollout& rollout);
  Result<Rollout> rollout(RolloutId id);  // not_found
  // Newest first, `limit` at most.
  Result<std::vector<Rollout>> rollouts(int limit);
  // Those that run, and those of which a camera has not answered yet.
  Result<std::vector<Rollout>> unsettled_rollouts();
  // Writes stage, state, reason and time of one that runs still. False: it does not.
  Result<bool> change_rollout(const Rollout& changed);
  // Those heard last first.
  Result<std::vector<RolloutMember>> members(const Rollout& rollout);

  // It is going to be told. False: it was told already.
  Result<bool> tell(RolloutId rollout, CameraId camera, std::string_view command, Timestamp now);
  // What came of it. Nothing when it was not told.
  Result<void> settle(RolloutId rollout, CameraId camera, RolloutOutcome outcome,
                      const std::optional<std::string>& reason, Timestamp now);
  // It may be told again.
  Result<void> untell(RolloutId rollout, CameraId camera);

 private:
  Db& db_;
};

}  // namespace heliograph::catalog
