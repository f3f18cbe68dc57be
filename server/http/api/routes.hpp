// routes: what the product answers under which address. The only code that knows both HTTP and the product's
// verbs.
//
// Handlers run on the net thread: they ask the catalog through its pool, feed the ingestor, and never block.
// Their list and api/openapi.yaml name the same routes; a test compares them.
#pragma once

#include "server/base/base.hpp"
#include "server/catalog/catalog.hpp"
#include "server/http/api/backlog.hpp"
#include "server/http/api/camera_shares.hpp"
#include "server/http/api/catalog_pool.hpp"
#include "server/http/http.hpp"
#include "server/ingest/ingest.hpp"
#include "server/ingest/resumable.hpp"
#include "server/live/broadcast.hpp"
#include "server/store/store.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace heliograph::http {

// What the gallery is told when it happens, as it goes over the wire.
struct Change {
  std::string event;  // "image-added", "images-removed", "thumbnail-ready"
  std::string json;
};
Change image_added(const catalog::Image& image);
Change thumbnail_ready(ImageId id);
Change images_removed();  // says only that there were some: whoever shows images reads again

// Everything that handlers use. All of it outlives the server.
struct Services {
  CatalogPool& catalogs;
  ingest::Ingestor& ingestor;
  ingest::Resumable& uploads;
  Backlog& backlog;
  CameraShares& shares;
  store::ImageStore& store;
  store::SpaceWatch& space;
  live::Broadcast<Change>& changes;  // net thread
  Worker& cpu;
  const Clock& clock;
  std::optional<catalog::Camera>
      anonymous_camera;                  // pictures without a key are filed here; none: they are refused
  std::function<std::string()> metrics;  // the Prometheus text; any thread, must not block
  std::string version;
};

// `services` outlives the routes.
std::vector<Route> make_routes(Services& services);

// Bytes of one upload. The largest JPEG of a 5-megapixel sensor has 3 MB; 32 MiB leaves room for a phone's
// pictures and keeps a mistake (a film, a memory card's image) from filling the disk.
inline constexpr std::uint64_t max_upload_bytes = 32ULL * 1024 * 1024;

}  // namespace heliograph::http
