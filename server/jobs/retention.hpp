// Which images go, and why: decided from values. Nothing here reads a clock, a database or a disk.
#pragma once

#include "server/base/base.hpp"
#include "server/catalog/catalog.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace heliograph::jobs {

// Nothing goes sooner after its arrival than this, whatever the rules say: its sender may still ask for an
// answer, and recovery looks at the last hour (docs/storage.md, P6).
inline constexpr std::chrono::hours settling_time{1};

// How long the trash keeps what was thrown away, if its owner says nothing: long enough to come back from a
// holiday and miss it.
inline constexpr std::chrono::days usual_trash_life{30};

// Images that are looked at together: a page is read in a few milliseconds and holds 50 KB.
inline constexpr int retention_page = 1000;

enum class Reason {
  age,       // older than keep_days
  thinning,  // its hour or day has another
  bytes,     // the oldest of more than keep_bytes
  images     // the oldest of more than keep_images
};
inline constexpr std::size_t reason_count = 4;
std::string_view to_string(Reason reason);

// The rules in force at one moment.
struct RetentionPolicy {
  struct Share {
    CameraId camera;
    catalog::RetentionRule rule;  // its own, or what the common one says of a single camera
    std::int64_t images = 0;      // that it has now
    std::int64_t bytes = 0;
  };
  std::vector<Share> shares;
  std::optional<std::int64_t> keep_bytes{};   // of all cameras together
  std::optional<std::int64_t> keep_images{};  // of all cameras together
  Timestamp now;
  std::chrono::days trash_life = usual_trash_life;
};

// `common` is the rule of camera 0: cameras with a rule of their own do not take its days and its thinning;
// its bytes and its number are for all of them together.
RetentionPolicy policy_of(const std::optional<catalog::RetentionRule>& common,
                          std::span<const catalog::Holding> holdings, Timestamp now);

struct Going {
  catalog::KeptImage image;
  Reason reason = Reason::age;

  friend bool operator==(const Going&, const Going&) = default;
};

// One look through the images, page by page, oldest first: say what to read, take what was read, say what
// goes.
//
//   RetentionPass pass(policy);
//   while (const auto query = pass.next()) remove(pass.take(catalog.oldest_images(*query)));
//
// What goes may be removed meanwhile, or not (then it is a preview): what follows is the same. Holds a few
// words for each camera, however many images there are.
//
// Age, then thinning, then a camera's own limits, then those of all together, so that nothing goes for want
// of room which thinning makes. A limit takes the oldest. Starred images never go, but count.
//
// How old an image is, is not what its camera says alone, because clocks of cameras are wrong: it is as young
// as its arrival, and a time of capture that lies in the future is not believed. Hours and days are those of
// UTC, by the time of capture. The first image of an hour is the one that stays; it is then the first of its
// day as well.
class RetentionPass {
 public:
  explicit RetentionPass(RetentionPolicy policy, int page_size = retention_page);

  // What to read now; none when it is done.
  std::optional<catalog::KeptQuery> next() const;
  // `page` is the whole answer to next().
  std::vector<Going> take(std::span<const catalog::KeptImage> page);

 private:
  // A camera's part in it.
  struct State {
    catalog::RetentionRule rule;
    std::int64_t images = 0;  // what is left of them
    std::int64_t bytes = 0;
    std::optional<Timestamp>
        kept_at{};  // captured_at of the last one in this walk that neither age nor thinning takes
    std::optional<catalog::PageKey> limited_to{};  // up to here its own limits took everything that may go
  };
  // A walk through some images for one purpose.
  struct Walk {
    enum class For { rules, camera_limits, common_limits } purpose = For::rules;
    std::optional<CameraId> camera{};
    std::optional<catalog::PageKey> after{};
    std::optional<Timestamp> before{};
  };

  void plan_walks();
  void begin_walk();
  bool within_limits(const Walk& walk) const;
  std::optional<Reason> judge(const Walk& walk, const catalog::KeptImage& image);
  std::optional<Reason> judge_by_rules(State& state, const catalog::KeptImage& image) const;
  std::optional<Reason> judge_by_limits(const Walk& walk, const State& state,
                                        const catalog::KeptImage& image) const;
  bool may_go(const catalog::KeptImage& image) const;

  RetentionPolicy policy_;
  int page_size_;
  std::map<CameraId, State> states_;
  std::int64_t images_ = 0;  // of all cameras, what is left
  std::int64_t bytes_ = 0;
  std::vector<Walk> walks_;
  std::size_t walk_ = 0;  // the one in hand
};

// What went, or would.
struct RetentionSummary {
  struct Sum {
    std::int64_t images = 0;
    std::int64_t bytes = 0;
    std::optional<Timestamp> oldest{};  // by capture time
    std::optional<Timestamp> newest{};

    void add(const Sum& other);
    friend bool operator==(const Sum&, const Sum&) = default;
  };
  Sum total;
  std::map<CameraId, Sum> cameras;
  std::array<std::int64_t, reason_count> reasons{};  // images, in the order of Reason
  Sum trash;  // that was in the trash for its time; in nothing else here

  void add(const Going& going);
  void add(const RetentionSummary& other);
};

}  // namespace heliograph::jobs
