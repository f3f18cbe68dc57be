// The figures an owner's monitoring reads.
#pragma once

#include "server/base/time.hpp"
#include "server/http/api/backlog.hpp"
#include "server/http/api/camera_shares.hpp"
#include "server/http/server.hpp"
#include "server/ingest/ingest.hpp"
#include "server/jobs/retention_runner.hpp"
#include "server/live/link_hub.hpp"
#include "server/store/store.hpp"

#include <optional>
#include <string>

namespace heliograph::app {

struct Measured {
  std::string version;
  http::ServerStats http;
  std::optional<http::Certificate> certificate;  // none: no TLS
  const ingest::Counters& ingest;
  http::Backlog::Stats backlog;
  http::CameraShares::Stats shares;
  bool ready_to_store = true;
  store::SpaceWatch::Look disk;
  const jobs::RetentionCounters& retention;
  struct Live {
    std::size_t links = 0;
    std::size_t watchers = 0;
    live::LinkHub::Counters counters;
  } live;
  SteadyTime started;
  SteadyTime now;
};

// In Prometheus' text exposition format.
std::string metrics_text(const Measured& measured);

}  // namespace heliograph::app
