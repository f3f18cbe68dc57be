// Looks once a minute whether something needs somebody, and has those told who may know.
#pragma once

#include "server/accounts/visitor.hpp"
#include "server/app/push_delivery.hpp"
#include "server/base/base.hpp"
#include "server/cameras/alert_messages.hpp"
#include "server/cameras/alerts.hpp"
#include "server/http/api/catalog_pool.hpp"
#include "server/http/server.hpp"
#include "server/live/link_hub.hpp"
#include "server/store/store.hpp"

#include <set>
#include <span>
#include <string>
#include <vector>

namespace heliograph::app {

inline constexpr std::chrono::seconds alert_watch_interval{60};

// Pure: what of `news` somebody is told who wants to know of these kinds. Of the server itself only who
// administers all of it.
std::vector<cameras::AlertNews> news_for(const accounts::Visitor& visitor, std::span<const std::string> kinds,
                                         std::span<const cameras::AlertNews> news);

// Main thread. All outlive it.
class AlertWatch {
 public:
  AlertWatch(http::CatalogPool& catalogs, http::Server& server, live::LinkHub& links,
             store::SpaceWatch& space, PushDelivery& push, IdSource& ids, const Clock& clock, Log& log)
      : catalogs_(catalogs),
        server_(server),
        links_(links),
        space_(space),
        push_(push),
        ids_(ids),
        clock_(clock),
        log_(log) {}

  // Does not wait for what it finds.
  void look();

 private:
  using Fresh = std::set<AlertId>;

  // These on a database thread. `linked`: cameras that are there, whenever they spoke last.
  Result<void> look_at(catalog::Catalog& catalog, const std::set<CameraId>& linked);
  Result<std::vector<cameras::Wrong>> find_wrong(catalog::Catalog& catalog, const std::set<CameraId>& linked,
                                                 std::set<CameraId>& there, Timestamp now);
  // What has opened or ended by it.
  Result<Fresh> carry_out(catalog::Catalog& catalog, std::span<const cameras::AlertStep> steps,
                          Timestamp now);
  Result<void> tell(catalog::Catalog& catalog, const Fresh& fresh, const std::set<CameraId>& there,
                    Timestamp now);

  http::CatalogPool& catalogs_;
  http::Server& server_;
  live::LinkHub& links_;  // net thread
  store::SpaceWatch& space_;
  PushDelivery& push_;
  IdSource& ids_;
  const Clock& clock_;
  Log& log_;
};

}  // namespace heliograph::app
