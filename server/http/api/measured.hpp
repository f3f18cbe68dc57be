// What the server knows of itself at one moment: for those who watch it with a program, and with their eyes.
#pragma once

#include "server/base/time.hpp"
#include "server/http/api/backlog.hpp"
#include "server/http/api/camera_shares.hpp"
#include "server/http/server.hpp"
#include "server/ingest/ingest.hpp"
#include "server/jobs/retention_runner.hpp"
#include "server/live/link_hub.hpp"
#include "server/store/store.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace heliograph::http {

struct Measured {
  std::string version;
  ServerStats http;
  std::optional<Certificate> certificate;  // none: no TLS
  const ingest::Counters& ingest;
  Backlog::Stats backlog;
  CameraShares::Stats shares;
  bool ready_to_store = true;
  store::SpaceWatch::Look disk;
  const jobs::RetentionCounters& retention;
  struct Live {
    std::size_t links = 0;
    std::size_t watchers = 0;
    live::LinkHub::Counters counters;
  } live;
  std::uint64_t resident_bytes = 0;               // memory that the process holds
  std::optional<std::uint64_t> database_bytes{};  // none: it is not on this machine
  SteadyTime started;
  SteadyTime now;
  // Messages to browsers, by what their push services made of them.
  struct Push {
    std::uint64_t taken = 0;
    std::uint64_t put_off = 0;
    std::uint64_t refused = 0;
    std::uint64_t gone = 0;
  } push{};
};

// One setting of the server as it is in force.
struct EffectiveSetting {
  std::string key;    // "tls.certificate"
  std::string value;  // as the file would have it; never a secret
  std::string about;  // what it does, in a sentence
};

}  // namespace heliograph::http
