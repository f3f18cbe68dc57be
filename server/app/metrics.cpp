#include "server/app/metrics.hpp"

#include <filesystem>
#include <fstream>
#include <unistd.h>
#include <vector>

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace heliograph::app {
namespace {

using Labels = std::vector<prometheus::ClientMetric::Label>;

class Families {
 public:
  void counter(const std::string& name, const std::string& help, std::uint64_t value, Labels labels = {}) {
    prometheus::ClientMetric metric;
    metric.label = std::move(labels);
    metric.counter.value = static_cast<double>(value);
    add(name, help, prometheus::MetricType::Counter, std::move(metric));
  }

  void gauge(const std::string& name, const std::string& help, double value, Labels labels = {}) {
    prometheus::ClientMetric metric;
    metric.label = std::move(labels);
    metric.gauge.value = value;
    add(name, help, prometheus::MetricType::Gauge, std::move(metric));
  }

  std::string text() const { return prometheus::TextSerializer().Serialize(families_); }

 private:
  void add(const std::string& name, const std::string& help, prometheus::MetricType type,
           prometheus::ClientMetric metric) {
    if (families_.empty() || families_.back().name != name) families_.push_back({name, help, type, {}});
    families_.back().metric.push_back(std::move(metric));
  }

  std::vector<prometheus::MetricFamily> families_;
};

}  // namespace

std::uint64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  statm >> total >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

std::optional<std::uint64_t> database_bytes(const std::string& database) {
  if (database.starts_with("postgres")) return std::nullopt;
  std::uint64_t bytes = 0;
  for (const char* suffix : {"", "-wal"}) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(database + suffix, failed);
    if (!failed) bytes += size;
  }
  return bytes;
}

std::string metrics_text(const http::Measured& measured) {
  Families families;
  families.gauge("heliograph_build_info", "The version that runs; always 1", 1,
                 {{"version", measured.version}});
  families.gauge("heliograph_uptime_seconds", "Since the server was started",
                 std::chrono::duration<double>(measured.now - measured.started).count());
  families.gauge("heliograph_ready", "1 while pictures can be stored", measured.ready_to_store ? 1 : 0);
  families.gauge("heliograph_resident_memory_bytes", "Memory the process holds",
                 static_cast<double>(measured.resident_bytes));

  const ingest::Counters& ingest = measured.ingest;
  const std::string images = "heliograph_images_total";
  const std::string images_help = "Pictures that came in, by what became of them";
  families.counter(images, images_help, ingest.stored, {{"outcome", "stored"}});
  families.counter(images, images_help, ingest.duplicates, {{"outcome", "duplicate"}});
  families.counter(images, images_help, ingest.refused, {{"outcome", "refused"}});
  families.counter(images, images_help, ingest.failed, {{"outcome", "failed"}});
  families.counter("heliograph_images_salvaged_total",
                   "Stored pictures that were found inside of other bytes", ingest.salvaged);
  families.counter("heliograph_quarantined_total", "Refused uploads whose bytes are kept",
                   ingest.quarantined);
  families.counter("heliograph_image_bytes_total", "Bytes of stored pictures", ingest.bytes_stored);
  families.counter("heliograph_commit_batches_total", "Syncs; stored pictures by this is the mean batch",
                   ingest.batches);

  families.gauge("heliograph_waiting_bytes", "Of whole pictures that are not answered yet",
                 static_cast<double>(measured.backlog.bytes));
  families.gauge("heliograph_waiting_bodies", "Uploads that are not read on because of them",
                 static_cast<double>(measured.backlog.bodies));
  families.gauge("heliograph_uploads_in_hand", "From the camera's name to the answer",
                 static_cast<double>(measured.shares.in_hand));
  const std::string refused = "heliograph_uploads_refused_total";
  const std::string refused_help = "Uploads sent away to come again, by what there was too much of";
  families.counter(refused, refused_help, measured.backlog.refused_new, {{"reason", "waiting"}});
  families.counter(refused, refused_help, measured.backlog.refused_begun, {{"reason", "waited"}});
  families.counter(refused, refused_help, measured.shares.too_many_at_once, {{"reason", "camera-at-once"}});
  families.counter(refused, refused_help, measured.shares.too_often, {{"reason", "camera-rate"}});
  families.counter(refused, refused_help, ingest.no_room, {{"reason", "disk"}});

  const http::ServerStats& http = measured.http;
  families.counter("heliograph_http_connections_total", "Connections accepted", http.connections_accepted);
  families.gauge("heliograph_http_connections_open", "Connections open now",
                 static_cast<double>(http.connections_open));
  families.counter("heliograph_http_connections_refused_total", "Connections refused, by what was used up",
                   http.connections_refused, {{"reason", "address"}});
  families.counter("heliograph_http_requests_total", "Requests read", http.requests);
  const std::string responses = "heliograph_http_responses_total";
  const std::string responses_help = "Responses, by the first digit of their status";
  families.counter(responses, responses_help, http.responses_2xx, {{"class", "2xx"}});
  families.counter(responses, responses_help, http.responses_3xx, {{"class", "3xx"}});
  families.counter(responses, responses_help, http.responses_4xx, {{"class", "4xx"}});
  families.counter(responses, responses_help, http.responses_5xx, {{"class", "5xx"}});
  families.counter("heliograph_http_timeouts_total",
                   "Connections given up because the other side was too slow", http.timeouts);

  if (measured.certificate) {
    families.gauge("heliograph_certificate_expiry_timestamp_seconds",
                   "When the certificate in use expires, in seconds since 1970",
                   static_cast<double>(to_ms(measured.certificate->ends)) / 1000);
  }

  families.gauge("heliograph_disk_free_bytes", "Room left on the data directory's filesystem",
                 static_cast<double>(measured.disk.space.free_bytes));
  families.gauge("heliograph_disk_size_bytes", "Size of the data directory's filesystem",
                 static_cast<double>(measured.disk.space.total_bytes));
  families.gauge("heliograph_disk_low_bytes", "Below this much room retention runs early",
                 static_cast<double>(measured.disk.marks.low_bytes));
  families.gauge("heliograph_disk_reserve_bytes", "Uploads may not reach into this much room",
                 static_cast<double>(measured.disk.marks.reserve_bytes));
  families.gauge("heliograph_disk_level", "0 plenty of room, 1 low, 2 uploads are refused",
                 static_cast<double>(measured.disk.level));

  const jobs::RetentionCounters& retention = measured.retention;
  families.counter("heliograph_retention_images_total", "Pictures that retention removed", retention.images);
  families.counter("heliograph_retention_bytes_total", "Bytes of pictures that retention removed",
                   retention.bytes);
  families.counter("heliograph_retention_passes_total", "Times retention looked through the pictures",
                   retention.passes);
  families.counter("heliograph_retention_failures_total", "Times it was broken off by a failure",
                   retention.failures);

  families.gauge("heliograph_live_links", "Cameras that are linked now",
                 static_cast<double>(measured.live.links));
  families.gauge("heliograph_live_watchers", "Places at which live pictures are watched",
                 static_cast<double>(measured.live.watchers));
  families.counter("heliograph_live_links_total", "Links that were opened", measured.live.counters.links);
  families.counter("heliograph_live_frames_total", "Live pictures that came", measured.live.counters.frames);
  families.counter("heliograph_live_frames_dropped_total",
                   "Live pictures that were damaged, or no whole JPEG",
                   measured.live.counters.dropped_frames);

  const std::string pushed = "heliograph_push_messages_total";
  const std::string pushed_help = "Messages to browsers, by what their push services made of them";
  families.counter(pushed, pushed_help, measured.push.taken, {{"outcome", "taken"}});
  families.counter(pushed, pushed_help, measured.push.put_off, {{"outcome", "put-off"}});
  families.counter(pushed, pushed_help, measured.push.refused, {{"outcome", "refused"}});
  families.counter(pushed, pushed_help, measured.push.gone, {{"outcome", "gone"}});
  return families.text();
}

}  // namespace heliograph::app
