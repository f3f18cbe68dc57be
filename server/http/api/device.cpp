#include "server/http/api/device.hpp"

#include "server/cameras/cameras.hpp"

namespace heliograph::http {
namespace {

// A batch is durable in milliseconds on a healthy disk. A sender that has waited this long is better told to
// come back; if its picture is stored after all, coming back is a repeat.
constexpr std::chrono::seconds commit_deadline{30};

}  // namespace

Task<Result<catalog::Camera>> authenticate(Services& services, std::string key) {
  std::function<Result<catalog::Camera>(catalog::Catalog&)> question =
      [key = std::move(key), &clock = services.clock](catalog::Catalog& catalog) {
        return cameras::authenticate(catalog, clock, key);
      };
  co_return co_await services.catalogs.ask(std::move(question));
}

Error key_missing() {
  return {ErrorKind::unauthorized,
          "a camera's key is needed: send it as \"Authorization: Bearer KEY\" or \"X-API-Key: KEY\", or use "
          "the address /u/KEY/upload. `heliograph camera add NAME` makes one"};
}

Task<Result<ingest::Receipt>> await_receipt(Backlog::Held held,
                                            std::function<void(ingest::Ingestor::Done)> commit) {
  struct Shared {
    Gate gate;
    std::optional<Backlog::Held> held;
    std::optional<Result<ingest::Receipt>> receipt;
  };
  auto shared = std::make_shared<Shared>();
  shared->held.emplace(std::move(held));
  commit([shared](Result<ingest::Receipt> receipt) {
    shared->receipt.emplace(std::move(receipt));
    shared->held.reset();
    shared->gate.open();
  });
  const bool done = co_await shared->gate.wait(commit_deadline);
  if (!done) co_return Error{ErrorKind::unavailable, "the disk is slow; send the picture again in a moment"};
  co_return std::move(*shared->receipt);
}

void write_stored(JsonWriter& json, const ingest::Receipt& receipt) {
  json.field("id", to_string(receipt.id));
  json.field("filename", store::image_filename({receipt.captured_at, receipt.id}));
  json.field("duplicate", receipt.duplicate);
}

}  // namespace heliograph::http
