// Orders that were given past this process, by the command line or another node: their cameras hear of them
// over their links as of all others.
#pragma once

#include "server/base/base.hpp"
#include "server/http/api/catalog_pool.hpp"
#include "server/http/server.hpp"
#include "server/live/link_hub.hpp"

#include <atomic>

namespace heliograph::app {

// How often the catalog is asked: what somebody waits for at a terminal.
inline constexpr std::chrono::seconds order_watch_interval{1};

// Main thread. All outlive it.
class OrderWatch {
 public:
  OrderWatch(http::CatalogPool& catalogs, http::Server& server, live::LinkHub& links, const Clock& clock,
             Log& log)
      : catalogs_(catalogs),
        server_(server),
        links_(links),
        clock_(clock),
        log_(log),
        since_ms_(to_ms(clock.now())) {}

  // Asks for what came since it was asked last. Does not wait for the answer.
  void look();

 private:
  http::CatalogPool& catalogs_;
  http::Server& server_;
  live::LinkHub& links_;  // net thread
  const Clock& clock_;
  Log& log_;
  std::atomic<std::int64_t> since_ms_;  // up to then it is known; the database's thread goes on
};

}  // namespace heliograph::app
