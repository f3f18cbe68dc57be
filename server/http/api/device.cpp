#include "server/http/api/device.hpp"

#include "protocol/protocol.hpp"
#include "server/accounts/accounts.hpp"
#include "server/base/token.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/upload_headers.hpp"
#include "server/media/jpeg.hpp"

namespace heliograph::http {
namespace {

// A batch is durable in milliseconds on a healthy disk. A sender that has waited this long is better told to
// come back; if its picture is stored after all, coming back is a repeat.
constexpr std::chrono::seconds commit_deadline{30};

// By the token of a person, who may send pictures of cameras.
Result<catalog::KeyHolder> by_token(catalog::Catalog& catalog, const Clock& clock, const Sender& sender) {
  if (sender.in_clear) {
    return Error{ErrorKind::forbidden,
                 "the token came over plain HTTP, where everybody on the way can read it"};
  }
  auto visitor = accounts::visitor_by_token(catalog, clock, *sender.key);
  if (!visitor) return visitor.error();
  if (!visitor->may_somewhere(accounts::Right::ingest)) {
    return Error{ErrorKind::forbidden, "this token may not send pictures: that needs the scope `ingest`"};
  }
  if (!sender.camera) {
    return Error{ErrorKind::bad_request, "with a person's token, Heliograph-Camera must say the camera's id"};
  }
  const auto camera = allowed_camera(*visitor, accounts::Right::ingest, *sender.camera);
  if (!camera) return camera.error();
  auto signer = catalog::CameraKeys(catalog).signer(*camera, clock.now());
  if (!signer) return signer.error();
  signer->holder.is_itself = false;
  return std::move(signer->holder);
}

Result<void> check_time(const SignedRequest& signature, Timestamp now) {
  const auto off = signature.signed_at > now ? signature.signed_at - now : now - signature.signed_at;
  if (off <= std::chrono::milliseconds(protocol::signature_window_ms)) return {};
  return Error{ErrorKind::stale,
               "the signature's time is not now: set the clock by this answer's Date, and sign "
               "the upload again"};
}

Task<Result<catalog::KeyHolder>> by_signature(Services& services, SignedRequest signature) {
  std::function<Result<catalog::KeyHolder>(catalog::Catalog&)> question =
      [claim = std::move(signature.claim), &clock = services.clock](catalog::Catalog& catalog) {
        return cameras::authenticate_signature(catalog, clock, claim);
      };
  auto holder = co_await services.catalogs.ask(std::move(question));
  if (!holder) co_return holder;
  if (const auto now = check_time(signature, services.clock.now()); !now) co_return now.error();
  const auto taken = services.nonces.take(holder->camera.id, signature.nonce, services.clock.steady());
  if (!taken && taken.error().kind == ErrorKind::conflict) {
    co_return Error{ErrorKind::stale, taken.error().detail};
  }
  if (!taken) co_return taken.error();
  co_return holder;
}

Task<Result<catalog::KeyHolder>> by_key(Services& services, Sender sender) {
  std::function<Result<catalog::KeyHolder>(catalog::Catalog&)> question =
      [sender = std::move(sender), &clock = services.clock,
       login = services.login](catalog::Catalog& catalog) -> Result<catalog::KeyHolder> {
    if (sender.key->starts_with(token_prefix::api_token)) return by_token(catalog, clock, sender);
    return cameras::authenticate(catalog, clock, *sender.key, login && sender.in_clear);
  };
  co_return co_await services.catalogs.ask(std::move(question));
}

// Its key is used in two places: from now on that is known, until somebody decides.
Task<Result<void>> suspect(Services& services, catalog::Camera camera, std::string address) {
  std::function<Result<bool>(catalog::Catalog&)> question =
      [camera = std::move(camera), address = std::move(address),
       tools = accounts::Tools{services.ids, services.clock}](catalog::Catalog& catalog) -> Result<bool> {
    const auto news = catalog::CameraKeys(catalog).suspect(camera.id, tools.clock.now());
    if (!news || !*news) return news;
    const auto noted = accounts::note(catalog, tools, {"camera " + camera.name, address},
                                      "camera-key-suspect", camera.name, false);
    if (!noted) return noted.error();
    return true;
  };
  const auto done = co_await services.catalogs.ask(std::move(question));
  if (!done) co_return done.error();
  co_return Result<void>{};
}

}  // namespace

Task<Result<catalog::KeyHolder>> identify(Services& services, Sender sender) {
  if (!sender.key && !sender.signature) {
    if (!services.anonymous_camera) co_return key_missing();
    co_return catalog::KeyHolder{*services.anonymous_camera,
                                 {.plain_http = true, .may_roam = true, .suspect_at = {}},
                                 /*has_orders=*/false,
                                 /*is_itself=*/false};
  }
  const bool by_person = sender.key && sender.key->starts_with(token_prefix::api_token);
  const auto place = cameras::place_of(sender.address, sender.boot);
  std::string address = sender.address;
  auto asked =
      sender.signature ? by_signature(services, *sender.signature) : by_key(services, std::move(sender));
  auto holder = co_await std::move(asked);
  if (!holder || by_person || holder->rules.may_roam || holder->rules.suspect_at) co_return holder;
  const Timestamp now = services.clock.now();
  if (!services.whereabouts.in_two_places(holder->camera.id, place, now)) co_return holder;
  if (const auto known = co_await suspect(services, holder->camera, std::move(address)); !known) {
    co_return known.error();
  }
  holder->rules.suspect_at = now;
  co_return holder;
}

Result<void> is_as_signed(const Sender& sender, std::string_view body) {
  if (!sender.signature || sender.signature->body == sha256(body)) return {};
  return Error{ErrorKind::stale, "the body is not the one that was signed"};
}

Task<Result<CameraId>> speaker(Services& services, Sender sender) {
  if (!sender.key && !sender.signature) co_return key_missing();
  const auto holder = co_await identify(services, std::move(sender));
  if (!holder) co_return holder.error();
  if (holder->rules.suspect_at) co_return in_two_places();
  if (!holder->is_itself) {
    co_return Error{ErrorKind::forbidden, "this comes from the camera itself, with its own key"};
  }
  co_return holder->camera.id;
}

Error in_two_places() {
  return {
      ErrorKind::forbidden,
      "this camera's key was seen in two places at once, so what comes with it is kept in quarantine: give "
      "the camera a new key, or say that it may send from several places"};
}

Task<bool> still_allowed(Services& services, CameraId camera, std::shared_ptr<const Sender> sender) {
  std::function<Result<catalog::Signer>(catalog::Catalog&)> question =
      [camera, &clock = services.clock](catalog::Catalog& catalog) {
        return catalog::CameraKeys(catalog).signer(camera, clock.now());
      };
  Result<void> known;
  if (sender->signature) {  // which is good only once
    const auto signer = co_await services.catalogs.ask(std::move(question));
    if (!signer) known = signer.error();
  } else {
    const auto holder = co_await identify(services, *sender);
    if (!holder) known = holder.error();
    if (holder && (holder->camera.id != camera || holder->rules.suspect_at)) known = in_two_places();
  }
  co_return known || known.error().kind == ErrorKind::unavailable;
}

bool is_jpeg(const live::Frame& frame) {
  const std::string_view jpeg = frame.jpeg();
  return media::inspect_jpeg({reinterpret_cast<const std::uint8_t*>(jpeg.data()), jpeg.size()}).has_value();
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
