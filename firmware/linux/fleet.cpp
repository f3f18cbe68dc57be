#include "firmware/linux/fleet.hpp"

#include "firmware/core/agent.hpp"
#include "firmware/core/link_client.hpp"
#include "firmware/core/live_gate.hpp"
#include "firmware/core/traffic.hpp"
#include "firmware/linux/directory_slots.hpp"
#include "firmware/linux/directory_storage.hpp"
#include "firmware/linux/folder_source.hpp"
#include "firmware/linux/launcher.hpp"
#include "firmware/linux/learnt_roots.hpp"
#include "firmware/linux/linux_board.hpp"
#include "firmware/linux/network_stream.hpp"
#include "firmware/linux/openssl_crypto.hpp"
#include "firmware/linux/posix_clock.hpp"
#include "firmware/linux/posix_lock.hpp"
#include "firmware/linux/posix_random.hpp"
#include "firmware/linux/scene_source.hpp"
#include "firmware/linux/shared_source.hpp"
#include "firmware/linux/v4l2_source.hpp"
#include "firmware/linux/version.hpp"

#include <algorithm>
#include <mutex>
#include <optional>
#include <sys/eventfd.h>
#include <thread>
#include <variant>

namespace heliograph::firmware {

namespace {

// The largest picture of a folder or a webcam, bytes. More than the server takes (32 MiB), so that it says no
// itself.
constexpr std::size_t max_picture_size = 33 * 1024 * 1024;

// One of the sources. They do not move: agents refer to them.
class Source {
 public:
  Source(const Options& options, int camera, const Clock& clock, bool loop) {
    switch (options.source) {
      case SourceKind::folder:
        kind_.emplace<FolderSource>(options.folder, loop ? FolderMode::loop : FolderMode::import);
        return;
      case SourceKind::webcam:
        kind_.emplace<V4l2Source>(clock, options.device, options.scene.width, options.scene.height);
        return;
      case SourceKind::scene:
        break;
    }
    SceneOptions scene = options.scene;
    scene.seed += static_cast<std::uint32_t>(camera);
    scene.camera_number = camera + 1;
    kind_.emplace<SceneSource>(clock, scene);
    picture_size_ = SceneSource::max_picture_size(LinuxBoard::largest(scene));
  }

  FrameSource& get() {
    if (auto* folder = std::get_if<FolderSource>(&kind_)) return *folder;
    if (auto* webcam = std::get_if<V4l2Source>(&kind_)) return *webcam;
    return std::get<SceneSource>(kind_);
  }

  // Null: it is no drawn one.
  SceneSource* scene() { return std::get_if<SceneSource>(&kind_); }

  std::size_t picture_size() const { return picture_size_; }

 private:
  std::variant<std::monostate, SceneSource, FolderSource, V4l2Source> kind_;
  std::size_t picture_size_ = max_picture_size;
};

Server server_of(const Options& options, int camera) {
  return {options.server.host,      options.server.port,    options.server.tls,
          options.server.base_path, options.key_of(camera), options.sign_as};
}

AgentConfig agent_config(const Options& options, int camera, std::int64_t now_ms) {
  AgentConfig config;
  config.server = server_of(options, camera);
  // Spread over the interval, as cameras in the field are.
  config.schedule.first_capture_ms = now_ms + options.interval_ms * camera / options.cameras;
  config.schedule.interval_ms = options.interval_ms;
  config.schedule.count = options.count;
  config.schedule.patience_ms = options.patience_ms;
  config.schedule.heartbeat_ms = options.heartbeat_ms;
  config.max_spool_bytes = options.max_spool_bytes;
  config.trial_ms = options.trial_ms;
  config.update.model = program_model();
  config.update.version = program_version();
  config.update.security = program_security();
  for (const auto& key : options.firmware_keys) config.update.keys[config.update.key_count++] = key;
  return config;
}

void signal(const FileDescriptor& event) {
  eventfd_write(event.get(), 1);
}

}  // namespace

// The link: its own connection and its own pictures, beside the agent's. Only a webcam is one for both.
struct Fleet::Live {
  Live(const Options& options, int number, const TlsContext& tls, int cut, CameraLog& log, Source& agents,
       std::mutex& sensor, Traffic& traffic, Clock& agents_clock)
      : stream(clock, tls, cut),
        metered(stream, traffic),
        mail(agents_clock, metered, lock),
        shared(agents.get(), sensor),
        slab_size(link_slab_head + agents.picture_size()),
        slab(new std::uint8_t[slab_size]) {
    if (options.source != SourceKind::webcam) own.emplace(options, number, clock, /*loop=*/true);
    gate.emplace(own ? own->get() : shared, clock);
    client.emplace(LinkPlatform{clock, random, metered, *gate, log, crypto, mail}, server_of(options, number),
                   Slab{slab.get(), slab_size});
  }

  void limit(const LiveLimits& limits) {
    gate->limit(limits);
    client->hold(!limits.linked);
  }

  PosixClock clock;
  PosixRandom random;
  OpenSslCrypto crypto;
  NetworkStream stream;
  MeteredStream metered;
  PosixLock lock;
  LinkMail mail;
  SharedSource shared;
  std::optional<Source> own;
  std::optional<LiveGate> gate;
  const std::size_t slab_size;
  const std::unique_ptr<std::uint8_t[]> slab;  // not zeroed, as the agent's
  std::optional<LinkClient> client;
  std::thread thread;
};

struct Fleet::Camera {
  Camera(const Options& options, int number, const TlsContext& given, int cut, Reporter& reporter)
      : source(options, number, clock, options.loop),
        shared(source.get(), sensor),
        tls(given),
        stream(clock, tls, cut),
        metered(stream, traffic),
        log(reporter, number + 1),
        board(source.scene(), options.scene, log, options.takes_updates()),
        slab_size(max_record_header_size + source.picture_size()),
        slab(new std::uint8_t[slab_size]),
        storage(options.spool / std::to_string(number + 1)),
        roots(tls, options.spool / std::to_string(number + 1) / "roots.pem") {
    if (options.takes_updates()) slots.emplace(options.slots(), started_slot().value_or(Slot::installed));
    if (options.link) {
      live = std::make_unique<Live>(options, number, tls, cut, log, source, sensor, traffic, clock);
      board.shows_live(live->own ? live->own->scene() : nullptr,
                       [this](const LiveLimits& limits) { live->limit(limits); });
    }
    agent.emplace(Platform{clock, random, metered, shared, storage, log, crypto, board, traffic,
                           live ? &live->mail : nullptr, slots ? &*slots : nullptr, &roots},
                  agent_config(options, number, clock.mono_ms()), Slab{slab.get(), slab_size});
  }

  // The launcher starts another program by itself.
  bool wants_restart() const { return agent->wants_restart() && !agent->wants_other_program(); }

  PosixClock clock;
  PosixRandom random;
  OpenSslCrypto crypto;
  Source source;
  std::mutex sensor;
  SharedSource shared;
  TlsContext tls;  // its own: each camera is told by itself
  NetworkStream stream;
  Traffic traffic;
  MeteredStream metered;
  CameraLog log;
  LinuxBoard board;
  const std::size_t slab_size;
  const std::unique_ptr<std::uint8_t[]> slab;  // not zeroed: pages that no picture reaches cost nothing
  DirectoryStorage storage;
  LearntRoots roots;
  std::optional<DirectorySlots> slots;  // none: its program is not replaced
  std::unique_ptr<Live> live;           // null: it has no link
  std::optional<Agent> agent;           // never none once it is built
  bool spool_opened = true;             // the thread's until it is joined
  std::thread thread;
};

Fleet::Fleet(const Options& options, Reporter& reporter)
    : options_(options),
      tls_(options_.ca_file),
      cut_(::eventfd(0, EFD_CLOEXEC)),
      ended_(::eventfd(0, EFD_CLOEXEC)) {
  for (int number = 0; number < options_.cameras; ++number) {
    cameras_.push_back(std::make_unique<Camera>(options_, number, tls_, cut_.get(), reporter));
  }
}

Fleet::~Fleet() {
  stop();
  cut();
  join();
}

void Fleet::start() {
  running_ = cameras_.size();
  for (const auto& camera : cameras_) camera->thread = std::thread(&Fleet::run, this, std::ref(*camera));
}

// What can be watched lives as long as the camera.
void Fleet::run(Camera& camera) {
  if (camera.live) camera.live->thread = std::thread([&live = *camera.live] { live.client->run(); });
  camera.spool_opened = camera.agent->run();
  if (camera.live) {
    camera.live->client->stop();
    camera.live->thread.join();
  }
  if (camera.wants_restart()) {  // with the program, of which they all are a part
    stop();
    cut();
  }
  if (--running_ == 0) signal(ended_);
}

void Fleet::stop() {
  for (const auto& camera : cameras_) camera->agent->stop();
}

void Fleet::cut() {
  signal(cut_);
}

void Fleet::join() {
  for (const auto& camera : cameras_) {
    if (camera->thread.joinable()) camera->thread.join();
  }
}

std::uint64_t Fleet::waiting() const {
  std::uint64_t sum = 0;
  for (const auto& camera : cameras_) sum += camera->agent->waiting();
  return sum;
}

bool Fleet::wants_restart() const {
  return std::any_of(cameras_.begin(), cameras_.end(),
                     [](const auto& camera) { return camera->wants_restart(); });
}

bool Fleet::spools_opened() const {
  for (const auto& camera : cameras_) {
    if (!camera->spool_opened) return false;
  }
  return true;
}

}  // namespace heliograph::firmware
