// How the server is, for whoever looks after it: the figures of /readyz and /metrics on one page.
#include "server/http/api/handlers.hpp"
#include "server/http/json.hpp"

namespace heliograph::http {
namespace {

std::int64_t seconds(std::chrono::steady_clock::duration span) {
  return std::chrono::duration_cast<std::chrono::seconds>(span).count();
}

void write_disk(JsonWriter& json, const store::SpaceWatch::Look& disk) {
  json.key("disk").object([&] {
    json.field("size_bytes", disk.space.total_bytes);
    json.field("free_bytes", disk.space.free_bytes);
    json.field("low_bytes", disk.marks.low_bytes);
    json.field("reserve_bytes", disk.marks.reserve_bytes);
    json.field("level", store::to_string(disk.level));
  });
}

void write_pictures(JsonWriter& json, const Measured& measured) {
  const ingest::Counters& counters = measured.ingest;
  json.key("pictures").object([&] {
    json.field("stored", counters.stored.load());
    json.field("repeats", counters.duplicates.load());
    json.field("refused", counters.refused.load());
    json.field("failed", counters.failed.load());
    json.field("salvaged", counters.salvaged.load());
    json.field("commits", counters.batches.load());
    json.field("waiting_bytes", measured.backlog.bytes);
    json.field("waiting_bodies", measured.backlog.bodies);
    json.field("in_hand", measured.shares.in_hand);
  });
}

void write_rest(JsonWriter& json, const Measured& measured) {
  json.key("retention").object([&] {
    json.field("images", measured.retention.images.load());
    json.field("bytes", measured.retention.bytes.load());
    json.field("passes", measured.retention.passes.load());
    json.field("failures", measured.retention.failures.load());
  });
  json.key("live").object([&] {
    json.field("links", measured.live.links);
    json.field("watchers", measured.live.watchers);
  });
  json.key("http").object([&] {
    json.field("connections", measured.http.connections_open);
    json.field("requests", measured.http.requests);
    json.field("server_errors", measured.http.responses_5xx);
    json.field("timeouts", measured.http.timeouts);
  });
  json.key("certificate_ends_at");
  measured.certificate ? json.value(to_ms(measured.certificate->ends)) : json.value(nullptr);
}

void write_settings(JsonWriter& json, std::span<const EffectiveSetting> settings) {
  json.key("settings").array([&] {
    for (const EffectiveSetting& setting : settings) {
      json.object([&] {
        json.field("key", setting.key);
        json.field("value", setting.value);
        json.field("about", setting.about);
      });
    }
  });
}

}  // namespace

Task<Response> get_system(Services& services, Request&, const Visitor&) {
  const auto ready = co_await readiness(services);
  // From the question to the answer: the wait in the queue is what people feel.
  const SteadyTime asked_at = services.clock.steady();
  std::function<Result<catalog::JobCounts>(catalog::Catalog&)> question = [](catalog::Catalog& catalog) {
    return catalog.count_jobs();
  };
  // A database that is away is one of the things to be told, and no reason to tell nothing.
  const auto jobs = co_await services.catalogs.ask(std::move(question));
  const auto took = services.clock.steady() - asked_at;
  const Measured measured = services.measured();
  JsonWriter json;
  json.object([&] {
    json.field("version", measured.version);
    json.field("now", to_ms(services.clock.now()));
    json.field("uptime_s", seconds(measured.now - measured.started));
    json.field("memory_bytes", measured.resident_bytes);
    json.key("problem");
    ready ? json.value(nullptr) : json.value(ready.error().detail);
    write_disk(json, measured.disk);
    json.key("database").object([&] {
      json.field("engine", measured.database_bytes ? "sqlite" : "postgresql");
      json.field("size_bytes", measured.database_bytes);
      json.key("answer_ms");
      jobs ? json.value(std::chrono::duration_cast<std::chrono::milliseconds>(took).count())
           : json.value(nullptr);
    });
    json.key("jobs");
    if (jobs) {
      json.object([&] {
        json.field("waiting", jobs->waiting);
        json.field("given_up", jobs->given_up);
      });
    } else {
      json.value(nullptr);
    }
    write_pictures(json, measured);
    write_rest(json, measured);
    write_settings(json, services.settings);
  });
  co_return json_response(200, std::move(json).text());
}

}  // namespace heliograph::http
