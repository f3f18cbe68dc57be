// How far a release has come, and what people want of that.
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/firmware_json.hpp"
#include "server/http/api/group_input.hpp"

#include <utility>

namespace heliograph::http {
namespace {

// The last ones, for a page that shows them.
constexpr int listed_rollouts = 20;

using cameras::RolloutSeen;

struct Wish {
  cameras::RolloutWish rollout;
  std::optional<GroupId> group;
};

Result<Wish> read_wish(const boost::json::object& body, const std::string& actor) {
  Wish wish;
  const auto release = text_of(body, "release");
  if (!release) return release.error();
  const auto id = read_id<ReleaseId>(*release, "release");
  if (!id) return id.error();
  wish.rollout.release = *id;
  const auto first = optional_text_of(body, "first");
  if (!first) return first.error();
  if (*first) {
    const auto camera = read_id<CameraId>(**first, "camera");
    if (!camera) return camera.error();
    wish.rollout.first = *camera;
  }
  const auto group = read_group(body);
  if (!group) return group.error();
  wish.group = *group;
  wish.rollout.group = group->value_or(GroupId{});
  const auto automatic = optional_bool_of(body, "automatic");
  if (!automatic) return automatic.error();
  wish.rollout.automatic = automatic->value_or(false);
  const auto limit = optional_integer_of(body, "failure_limit");
  if (!limit) return limit.error();
  wish.rollout.failure_limit = limit->value_or(wish.rollout.failure_limit);
  wish.rollout.actor = actor;
  return wish;
}

// How a rollout stands, and what followed from what was done to it.
struct Done {
  RolloutSeen seen;
  cameras::Driven driven;
};
Result<Done> drive_and_see(catalog::Catalog& catalog, const accounts::Tools& tools, RolloutId id) {
  auto driven = cameras::drive_rollouts(catalog, tools.ids, tools.clock);
  if (!driven) return driven.error();
  auto seen = cameras::see_rollout(catalog, id);
  if (!seen) return seen.error();
  return Done{std::move(*seen), std::move(*driven)};
}
// When somebody has changed it.
Result<Done> follow_up(catalog::Catalog& catalog, const accounts::Tools& tools, RolloutId id) {
  auto done = drive_and_see(catalog, tools, id);
  if (done) done->driven.rollouts.insert(id);
  return done;
}

Task<Response> answer(Services& services, int status, Question<Done> question) {
  const auto done = co_await services.catalogs.ask(std::move(question));
  if (!done) co_return problem_response(done.error());
  for (Change& change : changes_of(done->driven)) services.changes.publish(std::move(change));
  co_return json_response(status, rollout_json(done->seen));
}

std::string subject_of(const catalog::Rollout& rollout) {
  return rollout.model + ", rollout " + to_string(rollout.id);
}

}  // namespace

Task<Response> list_rollouts(Services& services, Request&, const Visitor&) {
  Question<std::vector<RolloutSeen>> question =
      [](catalog::Catalog& catalog) -> Result<std::vector<RolloutSeen>> {
    const auto rollouts = catalog::Firmware(catalog).rollouts(listed_rollouts);
    if (!rollouts) return rollouts.error();
    std::vector<RolloutSeen> all;
    for (const catalog::Rollout& rollout : *rollouts) {
      auto seen = cameras::see_rollout(catalog, rollout.id);
      if (!seen) return seen.error();
      all.push_back(std::move(*seen));
    }
    return all;
  };
  const auto rollouts = co_await services.catalogs.ask(std::move(question));
  co_return rollouts ? json_response(200, rollouts_json(*rollouts)) : problem_response(rollouts.error());
}

Task<Response> start_rollout(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"release", "group", "first", "automatic", "failure_limit"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  auto wish = read_wish(*body, visitor.name);
  if (!wish) co_return problem_response(wish.error());
  Question<Done> question = [wish = std::move(*wish), tools = tools_of(services),
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<Done> {
    if (auto known = check_group(catalog, wish.group); !known) return known.error();
    const auto rollout = cameras::start_rollout(catalog, tools.ids, tools.clock, wish.rollout);
    if (!rollout) return rollout.error();
    const auto noted = accounts::note(catalog, tools, actor, "rollout-started", subject_of(*rollout));
    if (!noted) return noted.error();
    return follow_up(catalog, tools, rollout->id);
  };
  co_return co_await answer(services, 201, std::move(question));
}

Task<Response> get_rollout(Services& services, Request& request, const Visitor&) {
  const auto id = read_id<RolloutId>(request.captures[0], "rollout");
  if (!id) co_return problem_response(id.error());
  Question<Done> question = [id = *id, tools = tools_of(services)](catalog::Catalog& catalog) {
    return drive_and_see(catalog, tools, id);
  };
  co_return co_await answer(services, 200, std::move(question));
}

Task<Response> advance_rollout(Services& services, Request& request, const Visitor& visitor) {
  const auto id = read_id<RolloutId>(request.captures[0], "rollout");
  if (!id) co_return problem_response(id.error());
  Question<Done> question = [id = *id, tools = tools_of(services),
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<Done> {
    const auto rollout = cameras::advance_rollout(catalog, tools.clock, id);
    if (!rollout) return rollout.error();
    const auto noted = accounts::note(catalog, tools, actor, "rollout-advanced",
                                      subject_of(*rollout) + ": " + std::string(to_string(rollout->stage)));
    if (!noted) return noted.error();
    return follow_up(catalog, tools, id);
  };
  co_return co_await answer(services, 200, std::move(question));
}

Task<Response> halt_rollout(Services& services, Request& request, const Visitor& visitor) {
  const auto id = read_id<RolloutId>(request.captures[0], "rollout");
  if (!id) co_return problem_response(id.error());
  Question<Done> question = [id = *id, tools = tools_of(services),
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<Done> {
    const auto rollout = cameras::halt_rollout(catalog, tools.clock, id, "halted by " + actor.name);
    if (!rollout) return rollout.error();
    const auto noted = accounts::note(catalog, tools, actor, "rollout-halted", subject_of(*rollout));
    if (!noted) return noted.error();
    return follow_up(catalog, tools, id);
  };
  co_return co_await answer(services, 200, std::move(question));
}

}  // namespace heliograph::http
