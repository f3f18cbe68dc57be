#include "server/jobs/retention.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace heliograph::jobs {
namespace {

using catalog::KeptImage;
using catalog::PageKey;
using std::chrono::days;

PageKey key_of(const KeptImage& image) {
  return {image.captured_at, image.id};
}

bool beyond(std::int64_t held, const std::optional<std::int64_t>& limit) {
  return limit && held > *limit;
}

}  // namespace

std::string_view to_string(Reason reason) {
  switch (reason) {
    case Reason::age:
      return "age";
    case Reason::thinning:
      return "thinning";
    case Reason::bytes:
      return "bytes";
    case Reason::images:
      break;
  }
  return "images";
}

RetentionPolicy policy_of(const std::optional<catalog::RetentionRule>& common,
                          std::span<const catalog::Holding> holdings, Timestamp now) {
  RetentionPolicy policy{.shares = {}, .now = now};
  catalog::RetentionRule of_each;
  if (common) {
    policy.keep_bytes = common->keep_bytes;
    policy.keep_images = common->keep_images;
    of_each = *common;
    of_each.keep_bytes.reset();
    of_each.keep_images.reset();
  }
  for (const catalog::Holding& holding : holdings) {
    policy.shares.push_back(
        {holding.camera.id, holding.rule.value_or(of_each), holding.images, holding.bytes});
  }
  return policy;
}

RetentionPass::RetentionPass(RetentionPolicy policy, int page_size)
    : policy_(std::move(policy)), page_size_(page_size) {
  for (const RetentionPolicy::Share& share : policy_.shares) {
    states_[share.camera] = {.rule = share.rule, .images = share.images, .bytes = share.bytes};
    images_ += share.images;
    bytes_ += share.bytes;
  }
  plan_walks();
  begin_walk();
}

void RetentionPass::plan_walks() {
  constexpr ImageId last_id{std::numeric_limits<std::int64_t>::max()};
  for (const RetentionPolicy::Share& share : policy_.shares) {
    const catalog::RetentionRule& rule = share.rule;
    if (!rule.keep_days && !rule.all_days) continue;
    const auto youngest = std::min(rule.keep_days.value_or(catalog::max_keep_days),
                                   rule.all_days.value_or(catalog::max_keep_days));
    // What is old enough; and what says that it is not taken yet, whose age is that of its arrival.
    walks_.push_back({Walk::For::rules, share.camera, {}, policy_.now - days{youngest}});
    walks_.push_back({Walk::For::rules, share.camera, PageKey{policy_.now, last_id}, {}});
  }
  for (const RetentionPolicy::Share& share : policy_.shares) {
    if (!share.rule.keep_bytes && !share.rule.keep_images) continue;
    walks_.push_back({Walk::For::camera_limits, share.camera, {}, {}});
  }
  if (policy_.keep_bytes || policy_.keep_images) walks_.push_back({Walk::For::common_limits, {}, {}, {}});
}

// Passes over walks for limits that hold already.
void RetentionPass::begin_walk() {
  while (walk_ < walks_.size() && within_limits(walks_[walk_])) ++walk_;
  for (auto& [camera, state] : states_) state.kept_at.reset();
}

bool RetentionPass::within_limits(const Walk& walk) const {
  if (walk.purpose == Walk::For::rules) return false;
  if (walk.purpose == Walk::For::common_limits) {
    return !beyond(images_, policy_.keep_images) && !beyond(bytes_, policy_.keep_bytes);
  }
  const State& state = states_.at(*walk.camera);
  return !beyond(state.images, state.rule.keep_images) && !beyond(state.bytes, state.rule.keep_bytes);
}

std::optional<catalog::KeptQuery> RetentionPass::next() const {
  if (walk_ == walks_.size()) return std::nullopt;
  const Walk& walk = walks_[walk_];
  return catalog::KeptQuery{walk.camera, walk.after, walk.before, page_size_};
}

std::vector<Going> RetentionPass::take(std::span<const KeptImage> page) {
  std::vector<Going> going;
  Walk& walk = walks_[walk_];
  for (const KeptImage& image : page) {
    if (within_limits(walk)) break;
    const auto reason = judge(walk, image);
    walk.after = key_of(image);
    if (!reason) continue;
    going.push_back({image, *reason});
    State& state = states_[image.camera];
    for (std::int64_t* images : {&state.images, &images_}) --*images;
    for (std::int64_t* bytes : {&state.bytes, &bytes_}) *bytes -= image.size_bytes;
    if (walk.purpose == Walk::For::camera_limits) state.limited_to = key_of(image);
  }
  if (page.size() < static_cast<std::size_t>(page_size_) || within_limits(walk)) {
    ++walk_;
    begin_walk();
  }
  return going;
}

std::optional<Reason> RetentionPass::judge(const Walk& walk, const KeptImage& image) {
  const auto found = states_.find(image.camera);
  if (found == states_.end()) return std::nullopt;  // a camera that was added since
  State& state = found->second;
  const auto by_rules = judge_by_rules(state, image);
  if (walk.purpose == Walk::For::rules) return by_rules;
  if (by_rules) return std::nullopt;  // went before
  return judge_by_limits(walk, state, image);
}

bool RetentionPass::may_go(const KeptImage& image) const {
  return !image.starred && image.received_at <= policy_.now - settling_time;
}

std::optional<Reason> RetentionPass::judge_by_rules(State& state, const KeptImage& image) const {
  const Timestamp now = policy_.now;
  const catalog::RetentionRule& rule = state.rule;
  const bool believable = image.captured_at <= now;
  const Timestamp dated = believable ? std::max(image.captured_at, image.received_at) : image.received_at;
  const auto older_than = [&](const std::optional<std::int64_t>& limit) {
    return limit && dated < now - days{*limit};
  };
  // A time that is not believed is compared with its like only, as the rules' own walks do: they begin anew
  // there.
  const bool comparable = state.kept_at && (*state.kept_at <= now) == believable;
  const auto kept_in_same = [&]<class Span>(Span) {
    return comparable &&
           std::chrono::floor<Span>(*state.kept_at) == std::chrono::floor<Span>(image.captured_at);
  };
  if (may_go(image)) {
    if (older_than(rule.keep_days)) return Reason::age;
    const bool thin = older_than(rule.hourly_days)
                          ? kept_in_same(days{})
                          : older_than(rule.all_days) && kept_in_same(std::chrono::hours{});
    if (thin) return Reason::thinning;
  }
  state.kept_at = image.captured_at;
  return std::nullopt;
}

std::optional<Reason> RetentionPass::judge_by_limits(const Walk& walk, const State& state,
                                                     const KeptImage& image) const {
  if (!may_go(image)) return std::nullopt;
  if (walk.purpose == Walk::For::camera_limits) {
    return beyond(state.images, state.rule.keep_images) ? Reason::images : Reason::bytes;
  }
  const auto& limited = state.limited_to;
  if (limited && std::tie(image.captured_at, image.id) <= std::tie(limited->captured_at, limited->id)) {
    return std::nullopt;  // went before
  }
  return beyond(images_, policy_.keep_images) ? Reason::images : Reason::bytes;
}

void RetentionSummary::Sum::add(const Sum& other) {
  images += other.images;
  bytes += other.bytes;
  if (!other.oldest) return;
  oldest = std::min(oldest.value_or(*other.oldest), *other.oldest);
  newest = std::max(newest.value_or(*other.newest), *other.newest);
}

void RetentionSummary::add(const Going& going) {
  const KeptImage& image = going.image;
  const Sum one{1, image.size_bytes, image.captured_at, image.captured_at};
  total.add(one);
  cameras[image.camera].add(one);
  ++reasons[static_cast<std::size_t>(going.reason)];
}

void RetentionSummary::add(const RetentionSummary& other) {
  total.add(other.total);
  trash.add(other.trash);
  for (const auto& [camera, sum] : other.cameras) cameras[camera].add(sum);
  for (std::size_t i = 0; i < reasons.size(); ++i) reasons[i] += other.reasons[i];
}

}  // namespace heliograph::jobs
