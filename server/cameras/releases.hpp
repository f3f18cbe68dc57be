// Verbs about firmware releases and their rollouts. What a step of a rollout is, rollout.hpp says.
#pragma once

#include "server/cameras/orders.hpp"
#include "server/cameras/rollout.hpp"
#include "server/catalog/firmware.hpp"
#include "server/store/store.hpp"

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::cameras {

// Of all models together: each is a file of some megabytes, and a list is one page.
inline constexpr std::size_t max_releases = 200;

// Writes the row of a release whose file is there, durably. The same manifest again is the same release: then
// the new file goes, and the one that is known is returned. conflict: there are max_releases.
struct AddedRelease {
  catalog::Release release;
  bool is_new = true;
};
Result<AddedRelease> add_release(catalog::Catalog& catalog, store::ImageStore& store,
                                 const catalog::Release& release);

// With its files. not_found; conflict: a rollout of it runs.
Result<catalog::Release> remove_release(catalog::Catalog& catalog, store::ImageStore& store, ReleaseId id);

// What of `firmware/` a board can be flashed with.
struct KeptFlashImage {
  ReleaseId release;
  std::string_view chip;  // flash_image.hpp
  std::uint64_t size_bytes = 0;
};
Result<std::vector<KeptFlashImage>> flash_images(const store::ImageStore& store);

// Files without a row, which a crash has left: rows are made of those that are whole, the others go.
Result<std::size_t> adopt_releases(catalog::Catalog& catalog, store::ImageStore& store);

// More failures than that are no limit.
inline constexpr std::int64_t max_failure_limit = 1'000'000;

struct RolloutWish {
  ReleaseId release;
  GroupId group;  // 0: every camera of the model
  std::optional<CameraId> first;
  bool automatic = false;
  std::int64_t failure_limit = 1;
  std::string actor;
};
// not_found; bad_request; conflict: another one runs for this model. unprocessable: `first` is no camera that
// could be told.
Result<catalog::Rollout> start_rollout(catalog::Catalog& catalog, IdSource& ids, const Clock& clock,
                                       const RolloutWish& wish);
// To the next stage, whatever the one before has come to. not_found; conflict: it does not run, or is at its
// last.
Result<catalog::Rollout> advance_rollout(catalog::Catalog& catalog, const Clock& clock, RolloutId id);
// For good. not_found; conflict: it does not run.
Result<catalog::Rollout> halt_rollout(catalog::Catalog& catalog, const Clock& clock, RolloutId id,
                                      std::string reason);

struct RolloutSeen {
  catalog::Rollout rollout;
  catalog::Release release;
  std::vector<catalog::RolloutMember> members;
  std::vector<MemberState> states;  // of each
};
Result<RolloutSeen> see_rollout(catalog::Catalog& catalog, RolloutId id);  // not_found

// What has changed, for those who look.
struct Driven {
  std::vector<catalog::Command> commands;
  std::set<RolloutId> rollouts;  // themselves, or what is known of their cameras
};
// Takes note of what cameras have answered, and does what follows for every rollout. Harmless at any time,
// and at the same time.
Result<Driven> drive_rollouts(catalog::Catalog& catalog, IdSource& ids, const Clock& clock);

}  // namespace heliograph::cameras
