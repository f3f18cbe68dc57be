#include "server/app/serve.hpp"

#include "server/accounts/accounts.hpp"
#include "server/app/alert_watch.hpp"
#include "server/app/certificate_keeper.hpp"
#include "server/app/config_report.hpp"
#include "server/app/metrics.hpp"
#include "server/app/openid_door.hpp"
#include "server/app/order_watch.hpp"
#include "server/app/push_delivery.hpp"
#include "server/app/signals.hpp"
#include "server/app/spare_memory.hpp"
#include "server/app/version.hpp"
#include "server/cameras/cameras.hpp"
#include "server/cameras/releases.hpp"
#include "server/catalog/checkpointer.hpp"
#include "server/catalog/series.hpp"
#include "server/http/api/firmware_json.hpp"
#include "server/http/api/routes.hpp"
#include "server/http/plain_routes.hpp"
#include "server/ingest/recovery.hpp"
#include "server/jobs/jobs.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <vector>

namespace heliograph::app {
namespace {

// Requests in hand get this long; with what follows it the process ends within ten seconds.
constexpr std::chrono::seconds drain_time{6};
// How often what needs no moment of its own is put away.
constexpr std::chrono::seconds upkeep_interval{60};
// How often the certificate's files are looked at: whoever has just renewed it watches.
constexpr std::chrono::seconds certificate_interval{5};
// Changes a browser may be behind before it is told to read again: several minutes of a large fleet.
constexpr std::size_t kept_changes = 1024;
// SQLite readers and PostgreSQL sessions. SQLite's are one thread's work on a small machine.
constexpr std::size_t sqlite_connections = 1;
constexpr std::size_t postgres_connections = 4;
// Thumbnails made on demand; the job runner makes all others.
constexpr std::size_t cpu_threads = 1;
constexpr std::size_t max_waiting_cpu_tasks = 256;
// One password is looked at at a time: a flood of them must not take the memory, or both processors.
constexpr std::size_t hashing_threads = 1;
// A second's worth; more is no owner who mistyped.
constexpr std::size_t max_waiting_passwords = 32;
// Whole pictures that wait for the disk, from which on thumbnails give way: ten of the usual size. A steady
// fleet has one or two.
constexpr std::uint64_t pressing_bytes = 1024ULL * 1024;

bool is_postgres(const std::string& database) {
  return database.starts_with("postgres");
}

// Hands changes to the net thread once there is one; whoever publishes may be older than the server.
class ChangePost {
 public:
  explicit ChangePost(live::Broadcast<http::Change>& changes) : changes_(changes) {}

  void deliver_through(http::Server* server) { server_ = server; }

  void publish(http::Change change) {
    http::Server* server = server_;
    if (server == nullptr) return;
    server->post([this, change = std::move(change)] { changes_.publish(change); });
  }

 private:
  live::Broadcast<http::Change>& changes_;
  std::atomic<http::Server*> server_{nullptr};
};

Result<std::optional<catalog::Camera>> find_anonymous_camera(const Config& config, catalog::Catalog& catalog,
                                                             IdSource& ids, const Clock& clock) {
  if (config.anonymous_camera.empty()) return std::optional<catalog::Camera>{};
  auto camera = cameras::anonymous_camera(catalog, ids, clock, config.anonymous_camera);
  if (!camera) return camera.error();
  return std::optional(std::move(*camera));
}

// The secret that leads to the first account; none when there is somebody already.
Result<http::SetUp> open_set_up(const Config& config, catalog::Catalog& catalog) {
  if (config.insecure_open) return http::SetUp{};
  const auto somebody = catalog::People(catalog).are_there_any();
  if (!somebody) return somebody.error();
  if (*somebody) return http::SetUp{};
  return http::SetUp{make_token(token_prefix::link)};
}

// On the terminal and in the log: whoever reads one of them owns the machine.
void tell_set_up(const std::string& address, const std::string& token, Log& log) {
  const std::string link = address + "/#setup=" + token;
  std::printf(
      "nobody can sign in yet; open this, under whatever name you reach the server by, to make the first "
      "account: %s\n",
      link.c_str());
  std::fflush(stdout);
  log.info("nobody can sign in yet; the link makes the first account", {{"link", link}});
}

void tell_recovery(const ingest::RecoveryReport& report, Log& log) {
  const bool nothing_done = report.rows_removed + report.files_adopted + report.files_removed +
                                report.quarantine_settled + report.thumbnails_removed ==
                            0;
  if (report.was_clean || nothing_done) return;
  log.info("checked what the last run left", {{"adopted", report.files_adopted},
                                              {"removed", report.files_removed},
                                              {"rows_removed", report.rows_removed},
                                              {"quarantine_settled", report.quarantine_settled},
                                              {"thumbnails_removed", report.thumbnails_removed}});
}

// The same, for sessions and audit entries.
void sweep_accounts(http::CatalogPool& catalogs, const Clock& clock, Log& log) {
  catalogs.post([&clock, &log](catalog::Catalog& catalog) {
    if (auto swept = accounts::sweep(catalog, clock); !swept) {
      log.warning("old sessions were not removed", {{"why", swept.error().detail}});
    }
  });
}

// Makes hours of old telemetry. What is past its time is ended when somebody looks.
void thin_telemetry(http::CatalogPool& catalogs, const Clock& clock, Log& log) {
  catalogs.post([&clock, &log](catalog::Catalog& catalog) {
    const auto thinned = catalog::Series(catalog).thin(clock.now() - catalog::telemetry_detail);
    if (!thinned) log.warning("old telemetry was not thinned", {{"why", thinned.error().detail}});
  });
}

// Rollouts that no camera's answer has moved: those that were away are told again.
void drive_rollouts(http::CatalogPool& catalogs, IdSource& ids, const Clock& clock, ChangePost& post,
                    Log& log) {
  catalogs.post([&ids, &clock, &post, &log](catalog::Catalog& catalog) {
    const auto driven = cameras::drive_rollouts(catalog, ids, clock);
    if (!driven) return log.warning("rollouts were not looked at", {{"why", driven.error().detail}});
    for (http::Change& change : http::changes_of(*driven)) post.publish(std::move(change));
  });
}

// In its own time: nobody waits for it. When its queue is full there is more urgent work, and a next time.
void sweep_uploads(ingest::Resumable& uploads, Log& log) {
  static_cast<void>(uploads.worker().post([&uploads, &log] {
    if (auto swept = uploads.sweep(); !swept) {
      log.warning("unfinished uploads were not looked through", {{"why", swept.error().detail}});
    }
  }));
}

// None is no fault without TLS, nor on a system without roots: cameras are then given none.
Result<std::optional<http::TrustBundle>> find_trust(const Config& config, Log& log) {
  if (!config.tls) return std::optional<http::TrustBundle>{};
  auto trust = trust_of(config);
  if (trust) return std::optional(std::move(*trust));
  if (!config.trust_bundle.empty()) return trust.error();
  log.warning("cameras are given no roots to trust", {{"why", trust.error().detail}});
  return std::optional<http::TrustBundle>{};
}

}  // namespace

Result<void> serve(const Config& config, Log& log) {
  if (auto allowed = check_exposure(config); !allowed) return allowed;
  const Signals signals;
  const SystemClock clock;
  IdSource ids(clock);
  const SteadyTime started = clock.steady();
  const auto trust = find_trust(config, log);
  if (!trust) return trust.error();
  const auto openid = OpenIdDoor::open(config, clock);
  if (!openid) return openid.error();

  auto store = store::ImageStore::open(config.data, config.sync);
  if (!store) return store.error();
  const std::string database = database_of(config);
  // Without a sync of the filesystem, the catalog has to see to its own.
  const auto durability = config.sync == store::SyncPolicy::each_file ? catalog::Durability::at_commit
                                                                      : catalog::Durability::at_sync;
  auto checkpointers_catalog = catalog::Catalog::open({database, catalog::Durability::at_sync, true});
  if (!checkpointers_catalog) return checkpointers_catalog.error();
  catalog::Checkpointer checkpointer(std::move(*checkpointers_catalog), log);
  const auto open_catalog = [&](catalog::Durability durable) {
    return catalog::Catalog::open(
        {database, durable, false, [&checkpointer](std::int64_t pages) { checkpointer.log_grew(pages); }});
  };
  auto committers_catalog = open_catalog(durability);
  if (!committers_catalog) return committers_catalog.error();
  const auto recovered = ingest::recover(**store, *committers_catalog, clock.now(), log);
  if (!recovered) return recovered.error();
  tell_recovery(*recovered, log);
  const auto adopted = cameras::adopt_releases(*committers_catalog, **store);
  if (!adopted) return adopted.error();
  const auto anonymous_camera = find_anonymous_camera(config, *committers_catalog, ids, clock);
  if (!anonymous_camera) return anonymous_camera.error();
  auto set_up = open_set_up(config, *committers_catalog);
  if (!set_up) return set_up.error();
  std::vector<catalog::Catalog> questions;
  while (questions.size() < (is_postgres(database) ? postgres_connections : sqlite_connections)) {
    auto catalog = open_catalog(catalog::Durability::at_commit);
    if (!catalog) return catalog.error();
    questions.push_back(std::move(*catalog));
  }
  // What is known of unfinished uploads may be lost to a power cut: their cameras send them again.
  auto uploads_catalog = open_catalog(catalog::Durability::at_sync);
  if (!uploads_catalog) return uploads_catalog.error();
  // Jobs may be lost to a power cut and are then done again: their rows need no sync.
  auto jobs_catalog = open_catalog(catalog::Durability::at_sync);
  if (!jobs_catalog) return jobs_catalog.error();

  // Files go after their rows, so these rows must be on the disk at once.
  auto retention_catalog = open_catalog(catalog::Durability::at_commit);
  if (!retention_catalog) return retention_catalog.error();

  live::Broadcast<http::Change> changes(kept_changes);
  ChangePost post(changes);
  live::LinkHub links;
  live::FrameHub frames(clock);
  frames.on_demand = [&links](CameraId camera) { links.wake(camera); };
  links.on_change = [&frames](CameraId camera) { frames.rouse(camera); };
  // Before the ingestor, whose last answers are told to it.
  http::Backlog backlog(config.backlog, clock);
  jobs::JobRunner jobs(
      **store, std::move(*jobs_catalog), clock, log,
      {.made = [&post](ImageId id, CameraId camera) { post.publish(http::thumbnail_ready(id, camera)); },
       .moved = [&post](ImageId id, CameraId camera) { post.publish(http::image_analysed(id, camera)); },
       .pressed = [&backlog] { return backlog.stats().bytes > pressing_bytes; }});
  http::CameraShares shares(config.camera, clock);
  store::SpaceWatch space([&store = **store] { return store.space(); }, clock, config.disk);
  ingest::Ingestor ingestor(**store, space, std::move(*committers_catalog), ids, clock, log,
                            [&post, &jobs](const catalog::FiledImage& filed) {
                              post.publish(http::image_added(filed.image));
                              jobs.wake();
                            });
  ingest::Resumable uploads(ingestor, **store, std::move(*uploads_catalog), ids, clock, log);
  sweep_uploads(uploads, log);
  jobs::RetentionRunner retention(**store, std::move(*retention_catalog), space, clock, log,
                                  config.trash_life, [&post] { post.publish(http::images_removed()); });
  http::CatalogPool catalogs(std::move(questions));
  PushDelivery push(config.push, catalogs, clock, log);
  Worker cpu("cpu", cpu_threads, max_waiting_cpu_tasks);
  Worker hashing("passwords", hashing_threads, max_waiting_passwords);
  Worker reading("archives", 1, http::max_archive_streams);
  accounts::Throttle throttle(clock);
  cameras::Whereabouts whereabouts;
  cameras::Nonces nonces;
  http::Archives archives(clock);

  const http::Server* running = nullptr;
  http::Services services{catalogs, ingestor,  uploads,
                          backlog,  shares,    **store,
                          space,    changes,   frames,
                          links,    cpu,       hashing,
                          reading,  throttle,  whereabouts,
                          nonces,   archives,  *set_up,
                          ids,      clock,     *anonymous_camera,
                          {},       version(), !config.insecure_open};
  if (*openid) services.openid.emplace((*openid)->services(log));
  services.push.emplace(push.services());
  services.map = config.map;
  services.trash_life = config.trash_life;
  services.finish_removals_soon = [&retention] { retention.finish_removals_soon(); };
  services.settings = effective_settings(config);
  services.measured = [&]() -> http::Measured {
    const auto look = space.look();
    return {version(),
            running->stats(),
            running->certificate(),
            ingestor.counters(),
            backlog.stats(),
            shares.stats(),
            ingestor.healthy(),
            look ? *look : store::SpaceWatch::Look{},
            retention.counters(),
            {links.size(), frames.watchers(), links.counters},
            resident_bytes(),
            database_bytes(database),
            started,
            clock.steady(),
            push.counters()};
  };
  services.metrics = [&services] { return metrics_text(services.measured()); };
  auto routes = http::make_routes(services);
  if (services.login) routes = http::only_securely(std::move(routes), http::may_come_in_clear);
  http::Server server({config.listen.address, config.listen.port, config.tls, config.limits,
                       config.trusted_proxies, config.proxy_protocol},
                      std::move(routes), clock, log);
  running = &server;
  post.deliver_through(&server);
  std::optional<CertificateKeeper> certificate;
  if (config.tls) certificate.emplace(server, *config.tls, *trust ? &**trust : nullptr, clock, log);
  services.trust = [&certificate] { return certificate ? certificate->published() : nullptr; };
  const auto port = server.start();
  if (!port) {
    // Nothing was changed: the next start need not look for what a crash would have left.
    if (auto left = (*store)->leave_clean_mark(); !left) return left;
    return port.error();
  }

  if (config.plain_listen) {
    // Without a login nobody looks at how a key came.
    auto plain =
        services.login ? http::camera_routes(http::make_routes(services)) : std::vector<http::Route>{};
    std::ranges::move(http::plain_routes(config.acme_webroot, *port), std::back_inserter(plain));
    const auto plain_port = server.open_plain({config.plain_listen->address, config.plain_listen->port,
                                               config.plain_proxy_protocol, std::move(plain)});
    if (!plain_port) {
      if (auto left = (*store)->leave_clean_mark(); !left) return left;
      return plain_port.error();
    }
  }

  const std::string address =
      (config.tls ? "https://" : "http://") + to_string(Endpoint{config.listen.address, *port});
  std::printf("heliograph is at %s\n", address.c_str());
  std::fflush(stdout);
  if (set_up->token) tell_set_up(address, *set_up->token, log);
  log.info("serving", {{"address", address}, {"data", config.data.string()}, {"version", version()}});

  const auto look = [&certificate] {
    if (certificate) certificate->look();
  };
  look();
  give_back_spare_memory();
  OrderWatch orders(catalogs, server, links, clock, log);
  AlertWatch alerts(catalogs, server, links, space, push, ids, clock, log);
  alerts.look();
  const auto upkeep = [&] {
    give_back_spare_memory();
    sweep_uploads(uploads, log);
    sweep_accounts(catalogs, clock, log);
    thin_telemetry(catalogs, clock, log);
    drive_rollouts(catalogs, ids, clock, post, log);
  };
  signals.wait({{certificate_interval, look, /*at_hangup=*/true},
                {order_watch_interval, [&orders] { orders.look(); }},
                {alert_watch_interval, [&alerts] { alerts.look(); }},
                {upkeep_interval, upkeep}});
  signals.release();
  log.info("stopping");
  server.stop(drain_time);
  post.deliver_through(nullptr);
  retention.stop();
  ingestor.stop();
  uploads.stop();
  jobs.stop();
  cpu.stop();
  hashing.stop();
  reading.stop();
  if (*openid) (*openid)->stop();
  push.stop();
  catalogs.stop();
  if (!ingestor.healthy()) return {};  // no clean mark: the next start reads what is really there
  if (auto synced = (*store)->sync(); !synced) return synced;
  return (*store)->leave_clean_mark();
}

}  // namespace heliograph::app
