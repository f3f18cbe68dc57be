// Tells browsers what waits for them: from the catalog to their push services and back.
#pragma once

#include "server/app/config_push.hpp"
#include "server/base/base.hpp"
#include "server/catalog/push.hpp"
#include "server/http/api/catalog_pool.hpp"
#include "server/http/api/measured.hpp"
#include "server/http/api/routes.hpp"
#include "server/outbound/web_push.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace heliograph::app {

// When a message that was begun to be sent `attempts` times is sent again; none: it is too old to be news.
// Pure.
std::optional<Timestamp> next_try(const catalog::PushMessage& message, std::chrono::seconds wish,
                                  Timestamp now);

class PushDelivery {
 public:
  // All outlive it.
  PushDelivery(const PushConfig& config, http::CatalogPool& catalogs, const Clock& clock, Log& log);

  // What handlers use; this outlives it.
  http::PushOut services();
  // Sends what is due, if nobody is at it. Any thread; does not wait.
  void pump();
  http::Measured::Push counters() const;  // any thread
  // Ends what is being sent, then the thread: before the catalogs. What was not sent is at the next start.
  void stop();

 private:
  using Batch = std::vector<catalog::Push::Due>;

  outbound::PushAnswer send(const catalog::PushSubscription& to, const catalog::PushKey& key,
                            const outbound::PushMessage& message);
  // False: it is not being sent, and will be due again.
  bool begin(catalog::Catalog& catalog, Batch batch);
  void send_all(const Batch& batch, const catalog::PushKey& key);
  void settle(const catalog::Push::Due& sent, const outbound::PushAnswer& answer);

  const PushConfig config_;
  http::CatalogPool& catalogs_;
  const Clock& clock_;
  Log& log_;
  outbound::HttpClient http_;  // the worker's thread
  std::atomic<bool> stopped_ = false;
  std::atomic<bool> sending_ = false;  // a batch is in the worker's hands
  struct {
    std::atomic<std::uint64_t> taken = 0, put_off = 0, refused = 0, gone = 0;
  } counters_;
  Worker worker_;
};

// How long a message is news, for a phone that is off and for a service that is away.
inline constexpr std::chrono::hours push_life{24};
// Between two tries, doubled with each: a service that restarts, up to one that is down.
inline constexpr std::chrono::minutes first_pause{1};
inline constexpr std::chrono::minutes longest_pause{60};
// Messages that are sent in one go, and how long they are nobody else's: more than they take when every
// service is as slow as it may be.
inline constexpr int push_batch = 32;
inline constexpr std::chrono::minutes push_lease{10};
// A batch, and people who try whether they can be told.
inline constexpr std::size_t max_waiting_pushes = 8;

}  // namespace heliograph::app
