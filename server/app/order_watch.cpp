#include "server/app/order_watch.hpp"

#include "server/catalog/orders.hpp"

#include <utility>

namespace heliograph::app {
namespace {

// An order bears the time before it was written, which may take so long; and clocks of other nodes differ.
constexpr std::chrono::seconds overlap{2};

}  // namespace

void OrderWatch::look() {
  catalogs_.post([this, now = clock_.now()](catalog::Catalog& catalog) {
    auto cameras = catalog::Orders(catalog).ordered_since(from_ms(since_ms_));
    if (!cameras) {
      log_.warning("orders were not looked for", {{"why", cameras.error().detail}});
      return;
    }
    since_ms_ = to_ms(now - overlap);
    if (cameras->empty()) return;
    server_.post([&links = links_, cameras = std::move(*cameras)] {
      for (const CameraId camera : cameras) links.prompt(camera);
    });
  });
}

}  // namespace heliograph::app
