// routes: what the product answers under which address. The only code that knows both HTTP and the product's
// verbs.
//
// Handlers run on the net thread: they ask the catalog through its pool, feed the ingestor, and never block.
// Their list and api/openapi.yaml name the same routes; a test compares them.
#pragma once

#include "server/accounts/throttle.hpp"
#include "server/base/base.hpp"
#include "server/cameras/nonces.hpp"
#include "server/cameras/whereabouts.hpp"
#include "server/catalog/catalog.hpp"
#include "server/catalog/push.hpp"
#include "server/http/api/archives.hpp"
#include "server/http/api/backlog.hpp"
#include "server/http/api/camera_shares.hpp"
#include "server/http/api/catalog_pool.hpp"
#include "server/http/api/measured.hpp"
#include "server/http/api/stream_places.hpp"
#include "server/http/http.hpp"
#include "server/http/trust.hpp"
#include "server/ingest/ingest.hpp"
#include "server/ingest/resumable.hpp"
#include "server/live/broadcast.hpp"
#include "server/live/frame_hub.hpp"
#include "server/live/link_hub.hpp"
#include "server/openid/openid.hpp"
#include "server/outbound/web_push.hpp"
#include "server/store/store.hpp"

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace heliograph::http {

// What the gallery is told when it happens, as it goes over the wire.
struct Change {
  // "image-added", "images-removed", "images-restored", "images-marked", "thumbnail-ready",
  // "image-analysed", "command-changed", "settings-changed", "rollout-changed"
  std::string event;
  std::string json;
  std::optional<CameraId> camera;   // whom it concerns who may see this one; none: everybody …
  bool for_administrators = false;  // … or those of all cameras only
};
Change image_added(const catalog::Image& image);
Change thumbnail_ready(ImageId id, CameraId camera);
// Something moved in it, or a program has told what it found there.
Change image_analysed(ImageId id, CameraId camera);
// These say only that there were some: whoever shows images reads again.
Change images_removed();
Change images_changed(std::string event, CameraId camera);  // "images-removed", "-restored" or "-marked"

// The way to the first account: a secret that is told where only the owner looks, while there is nobody yet.
struct SetUp {
  std::optional<std::string> token;  // none: there is somebody
};

// The provider that people may sign in with.
struct OpenId {
  openid::Provider& provider;  // the worker's thread
  Worker& worker;
  std::string issuer;
  std::string name;     // what the button says
  std::string address;  // where people reach this server, "https://photos.example.org"; empty: as each asks
  Log& log;
};

// How browsers are told.
struct PushOut {
  Worker& worker;
  std::vector<std::string>
      services;  // the push services that may be told: hosts, "*.example.org" of all below
  // The worker's thread.
  std::function<outbound::PushAnswer(const catalog::PushSubscription& to, const catalog::PushKey& key,
                                     const outbound::PushMessage& message)>
      send;
};

// Tables that are sent at once: each asks for a page whenever its reader has taken one, and the gallery's own
// questions wait behind that many at most.
inline constexpr std::size_t max_export_streams = 4;

// What a map of the cameras is drawn on.
struct MapTiles {
  std::string url;     // with {z}, {x} and {y}; empty: no tiles, so that nobody else is asked for any
  std::string credit;  // whose they are, as their owner wants to be named
  std::string origin;  // of the url, "https://tiles.example.org"; empty: there is none, or it is ours
};

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
  live::FrameHub& frames;            // net thread
  live::LinkHub& links;              // net thread
  Worker& cpu;
  Worker& hashing;                    // passwords
  Worker& reading;                    // files of archives
  accounts::Throttle& throttle;       // net thread
  cameras::Whereabouts& whereabouts;  // net thread
  cameras::Nonces& nonces;            // net thread
  Archives& archives;                 // net thread
  SetUp& set_up;                      // net thread
  IdSource& ids;
  const Clock& clock;
  std::optional<catalog::Camera>
      anonymous_camera;                  // pictures without a key are filed here; none: they are refused
  std::function<std::string()> metrics;  // the Prometheus text; net thread, must not block
  std::string version;
  bool login = true;  // false: whoever comes is an administrator
  // The roots that cameras may take now; null: none. Any thread, must not block; what it returns outlives the
  // server.
  std::function<const TrustBundle*()> trust;
  std::optional<OpenId> openid;  // none: there is no provider
  std::optional<PushOut> push;   // set before anybody asks
  MapTiles map;
  StreamPlaces exports{max_export_streams};    // net thread
  std::chrono::days trash_life{};              // how long the trash keeps what was thrown away
  std::function<void()> finish_removals_soon;  // rows of images were taken away: their files may follow
  std::function<Measured()> measured;          // what `metrics` is made of; the same holds for it
  std::vector<EffectiveSetting> settings;
};

// Who may come to a route at all. What holds for one camera is its handler's to ask.
enum class Access {
  anyone,          // what it answers is nobody's secret, or it looks at a secret of its own
  camera,          // with the key of a camera, at which its handler looks
  share,           // with the opening of a share, at which its handler looks
  session,         // somebody who signed in with a browser: it is about themselves
  view,            // these three: with one camera at least
  operate,         //
  administer,      //
  view_all,        // with every camera, and the server
  administer_all,  //
};
std::string_view to_string(Access access);  // as the contract's x-access has it

// Each route with who may come to it. In the order of make_routes, without the dashboard's own files.
struct Admission {
  Method method;
  std::string pattern;
  Access access;
};
std::vector<Admission> admissions();

// `services` outlives the routes.
std::vector<Route> make_routes(Services& services);

// Of those, what cameras send to. They may be asked without TLS: their handlers look at how a key came.
std::vector<Route> camera_routes(std::vector<Route> routes);
// Those, and what a load balancer asks about our health: they may be asked without TLS.
bool may_come_in_clear(const Route& route);

// Bytes of one upload. The largest JPEG of a 5-megapixel sensor has 3 MB; 32 MiB leaves room for a phone's
// pictures and keeps a mistake (a film, a memory card's image) from filling the disk.
inline constexpr std::uint64_t max_upload_bytes = 32ULL * 1024 * 1024;
// Of a body that may go on for as long as it comes: silence and pace are still looked at.
inline constexpr std::uint64_t endless_body = std::numeric_limits<std::uint64_t>::max();
// Bytes of a request that says something in JSON: a few names and a password, or max_images_at_once ids.
inline constexpr std::uint64_t max_json_bytes = 16ULL * 1024;

}  // namespace heliograph::http
