// What one camera may have of the server: uploads in hand at once, and images a minute.
#pragma once

#include "server/base/base.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>

namespace heliograph::http {

struct CameraLimits {
  // Uploads in hand at once. A board has one, or a few while it sends what it kept over an outage, and one
  // for each connection that broke without our knowing; a handful of boards may share a key. What it prevents
  // is one camera, or all who have no key together, taking every place.
  std::size_t uploads = 64;
  // Images a minute, in the long run; 0: any number, because the disk has limits of its own.
  std::uint32_t images_per_minute = 0;
  // Images that may come at once before that rate counts: an hour of a camera that sends one a minute.
  std::uint32_t image_burst = 60;
};

// What a camera has of it now.
struct CameraAccount {
  std::size_t in_hand = 0;
  // When all its images so far would have come at its rate (the "generic cell rate algorithm": one time says
  // what a bucket of tokens and its last filling would).
  SteadyTime due{};
};

enum class ShareVerdict { granted, too_many_at_once, too_often };
struct ShareDecision {
  ShareVerdict verdict = ShareVerdict::granted;
  SteadyTime due{};                     // of the account afterwards
  std::chrono::seconds retry_after{0};  // until there would be room; 0: nobody knows
};

// May the camera begin an upload that brings `images` (0 or 1) new ones?
ShareDecision decide_share(const CameraLimits& limits, const CameraAccount& account, std::uint32_t images,
                           SteadyTime now);

// Holds an account for each camera that has an upload in hand or has used up some of its rate. Net thread,
// but for stats().
class CameraShares {
 public:
  // `clock` outlives this.
  CameraShares(const CameraLimits& limits, const Clock& clock) : limits_(limits), clock_(clock) {}

  // One upload in hand, until it is destroyed. Must not outlive its shares.
  class Share {
   public:
    Share(CameraShares& shares, CameraId camera) : shares_(&shares), camera_(camera) {}
    ~Share();
    Share(Share&& other) noexcept : shares_(std::exchange(other.shares_, nullptr)), camera_(other.camera_) {}
    Share& operator=(Share&&) = delete;

   private:
    CameraShares* shares_;
    CameraId camera_;
  };
  // too_many, with the time to wait.
  Result<Share> take(CameraId camera, std::uint32_t images);

  struct Stats {
    std::uint64_t in_hand = 0;
    std::uint64_t too_many_at_once = 0;  // refused
    std::uint64_t too_often = 0;         // refused
  };
  Stats stats() const { return {in_hand_, too_many_at_once_, too_often_}; }
  std::size_t accounts() const { return accounts_.size(); }

 private:
  void give_back(CameraId camera);
  void forget_the_idle(SteadyTime now);

  const CameraLimits limits_;
  const Clock& clock_;
  std::unordered_map<CameraId, CameraAccount> accounts_;
  std::size_t sweep_at_ = 0;  // accounts
  std::atomic<std::uint64_t> in_hand_{0};
  std::atomic<std::uint64_t> too_many_at_once_{0};
  std::atomic<std::uint64_t> too_often_{0};
};

}  // namespace heliograph::http
