// Resumable uploads: the tus protocol 1.0.0 with creation, creation-with-upload, checksum, expiration and
// termination. What the requests do is here, how they are read and answered in tus_exchange.cpp.
#include "server/http/api/device.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/telling.hpp"
#include "server/http/api/tus_exchange.hpp"
#include "server/http/response.hpp"

#include <algorithm>
#include <memory>

namespace heliograph::http {
namespace {

using ingest::OpenedUpload;
using ingest::Piece;

// Longer than it takes to read back the largest upload after a restart.
constexpr std::chrono::seconds upload_deadline{20};

template <class T>
Task<Result<T>> on_uploads(Services& services, std::function<Result<T>(ingest::Resumable&)> verb) {
  std::function<Result<T>()> work = [&uploads = services.uploads, verb = std::move(verb)] {
    return verb(uploads);
  };
  return run_on<T>(services.uploads.worker(), upload_deadline, std::move(work));
}

// Whose request this is. Signatures are of whole pictures, so they are not taken here.
Task<Result<catalog::KeyHolder>> holder_of(Services& services, Request& request) {
  auto key = read_key(request);
  if (!key) co_return key.error();
  if (!*key) co_return key_missing();
  Sender sender = sender_with(request, std::move(*key));
  auto holder = co_await identify(services, std::move(sender));
  if (!holder) co_return holder.error();
  if (holder->rules.suspect_at) co_return in_two_places();
  co_return holder;
}

Task<Result<catalog::Camera>> camera_of(Services& services, Request& request) {
  auto holder = co_await holder_of(services, request);
  if (!holder) co_return holder.error();
  co_return std::move(holder->camera);
}

Task<Result<OpenedUpload>> open_upload(Services& services, catalog::Camera camera, UploadId id) {
  std::function<Result<OpenedUpload>(ingest::Resumable&)> verb =
      [camera = std::move(camera), id](ingest::Resumable& uploads) { return uploads.open(camera, id); };
  co_return co_await on_uploads(services, std::move(verb));
}

// Bytes with a checksum are not kept without it, however the request ends.
class Unverified {
 public:
  explicit Unverified(Piece* piece) : piece_(piece) {}
  ~Unverified() {
    if (piece_ != nullptr) static_cast<void>(piece_->cut_back());
  }
  Unverified(const Unverified&) = delete;
  Unverified& operator=(const Unverified&) = delete;

  void verified() { piece_ = nullptr; }

 private:
  Piece* piece_;
};

// Room for what is still to come, and for the picture that it is copied into in the end. storage_full.
Result<store::Room> room_for_rest(Services& services, const Piece& piece) {
  return services.ingestor.reserve(piece.size_bytes() - piece.offset() + piece.size_bytes());
}

// Takes the body into the piece; of its first `known` bytes only the checksum is wanted. The answer to what
// went wrong, if something did.
Task<std::optional<Response>> receive(Services& services, Body& sent, Piece& piece, std::uint64_t known,
                                      std::optional<RunningChecksum> checksum) {
  PatientBody body(sent, services.backlog);
  Unverified unverified(checksum ? &piece : nullptr);
  for (;;) {
    const auto bytes = co_await body.next();
    if (!bytes) co_return problem_response(bytes.error());
    if (bytes->empty()) break;
    if (checksum) checksum->update(*bytes);
    const auto skipped = std::min<std::uint64_t>(known, bytes->size());
    known -= skipped;
    const auto written = piece.write(bytes->subspan(static_cast<std::size_t>(skipped)));
    if (written) continue;
    const bool taken = written.error().kind == ErrorKind::conflict;
    if (written.error().kind == ErrorKind::storage_full) services.space.look_anew();
    co_return taken ? upload_locked(written.error().detail) : problem_response(written.error());
  }
  if (checksum && !checksum->matches()) co_return checksum_mismatch();
  unverified.verified();
  co_return std::nullopt;
}

// After the last byte: the image. After any other: when the upload expires.
Task<Result<UploadState>> advance(Services& services, catalog::Camera camera, std::shared_ptr<Piece> piece) {
  UploadState state{piece->id(), piece->offset(), piece->size_bytes(), std::nullopt, std::nullopt, {}};
  if (state.offset < state.size_bytes) {
    std::function<Result<Timestamp>(ingest::Resumable&)> extend =
        [id = piece->id()](ingest::Resumable& uploads) { return uploads.extend(id); };
    const auto expires_at = co_await on_uploads(services, std::move(extend));
    if (!expires_at) co_return expires_at.error();
    state.expires_at = *expires_at;
    co_return state;
  }
  const std::function<void(ingest::Ingestor::Done)> complete = [&](const ingest::Ingestor::Done& done) {
    const bool posted = services.uploads.worker().post(
        [&uploads = services.uploads, camera, piece, done] { uploads.complete(camera, piece, done); });
    if (!posted) done(Error{ErrorKind::unavailable, "the server is busy; try again in a moment"});
  };
  const auto receipt = co_await await_receipt(services.backlog.hold(state.size_bytes), complete);
  if (!receipt) co_return receipt.error();
  state.receipt = *receipt;
  co_return state;
}

// For the camera whose picture is stored now. Null when that cannot be found out: it comes again.
Task<std::shared_ptr<const cameras::NextOrders>> orders_for(Services& services, CameraId camera) {
  auto orders = co_await tell(services, camera, nullptr);
  if (!orders) co_return nullptr;
  co_return std::make_shared<const cameras::NextOrders>(std::move(*orders));
}

UploadState state_of(const OpenedUpload& opened) {
  return {opened.id, opened.size_bytes, opened.size_bytes, opened.expires_at, opened.receipt, {}};
}

constexpr std::string_view being_stored = "this upload is being stored just now; ask again in a moment";

Task<Response> create(Services& services, Request& request) {
  auto creation = read_creation(request, max_upload_bytes);
  if (!creation) co_return problem_response(creation.error());
  const auto holder = co_await holder_of(services, request);
  if (!holder) co_return problem_response(holder.error());
  const catalog::Camera& camera = holder->camera;
  const auto share = services.shares.take(camera.id, /*images=*/1);
  if (!share) co_return problem_response(share.error());
  creation->upload.camera = camera;
  std::function<Result<OpenedUpload>(ingest::Resumable&)> begin =
      [upload = creation->upload, size = creation->size_bytes](ingest::Resumable& uploads) {
        return uploads.begin(upload, size);
      };
  const auto opened = co_await on_uploads(services, std::move(begin));
  if (!opened) co_return problem_response(opened.error());
  const Timestamp now = services.clock.now();
  if (opened->receipt) co_return upload_created(state_of(*opened), now);
  if (!opened->piece) co_return upload_locked(being_stored);

  const std::shared_ptr<Piece> piece = opened->piece;
  const bool only_asks = request.body->length() == 0U && piece->offset() < piece->size_bytes();
  if (only_asks) {
    co_return upload_created({opened->id, piece->offset(), opened->size_bytes, opened->expires_at, {}, {}},
                             now);
  }
  auto room = room_for_rest(services, *piece);
  if (!room) co_return problem_response(room.error());
  auto failed =
      co_await receive(services, *request.body, *piece, piece->offset(), std::move(creation->checksum));
  *room = store::Room();  // the copy asks for its own
  auto state = co_await advance(services, camera, piece);
  if (failed) co_return std::move(*failed);
  if (!state) co_return problem_response(state.error());
  if (state->receipt && holder->is_itself) state->orders = co_await orders_for(services, camera.id);
  co_return upload_created(*state, services.clock.now());
}

Task<Response> ask(Services& services, Request& request, UploadId id) {
  const auto camera = co_await camera_of(services, request);
  if (!camera) co_return problem_response(camera.error());
  const auto opened = co_await open_upload(services, *camera, id);
  if (!opened) co_return problem_response(opened.error());
  if (opened->receipt) co_return upload_status(state_of(*opened));
  if (!opened->piece) co_return upload_locked(being_stored);
  const std::uint64_t offset = opened->piece->offset();
  if (offset < opened->size_bytes) {
    co_return upload_status({id, offset, opened->size_bytes, opened->expires_at, {}, {}});
  }
  // Whole, and no image yet: only an image may be called complete.
  const auto state = co_await advance(services, *camera, opened->piece);
  if (!state) co_return problem_response(state.error());
  co_return upload_status(*state);
}

Task<Response> append(Services& services, Request& request, UploadId id) {
  auto addition = read_addition(request);
  if (!addition) co_return problem_response(addition.error());
  const auto holder = co_await holder_of(services, request);
  if (!holder) co_return problem_response(holder.error());
  const catalog::Camera& camera = holder->camera;
  const auto share = services.shares.take(camera.id, /*images=*/0);  // it was counted when it was begun
  if (!share) co_return problem_response(share.error());
  const auto opened = co_await open_upload(services, camera, id);
  if (!opened) co_return problem_response(opened.error());
  if (!opened->piece && !opened->receipt) co_return upload_locked(being_stored);
  const std::uint64_t offset = opened->piece ? opened->piece->offset() : opened->size_bytes;
  if (addition->offset != offset) co_return wrong_offset(offset);
  if (request.body->length().value_or(0) > opened->size_bytes - offset) {
    co_return problem_response({ErrorKind::too_large, "the upload has " + std::to_string(opened->size_bytes) +
                                                          " bytes, of which " + std::to_string(offset) +
                                                          " are here"});
  }
  if (opened->receipt) co_return upload_advanced(state_of(*opened), services.clock.now());
  auto room = room_for_rest(services, *opened->piece);
  if (!room) co_return problem_response(room.error());
  auto failed = co_await receive(services, *request.body, *opened->piece, 0, std::move(addition->checksum));
  *room = store::Room();  // the copy asks for its own
  // What came counts, also when the link dropped: the upload lives on.
  auto state = co_await advance(services, camera, opened->piece);
  if (failed) co_return std::move(*failed);
  if (!state) co_return problem_response(state.error());
  if (state->receipt && holder->is_itself) state->orders = co_await orders_for(services, camera.id);
  co_return upload_advanced(*state, services.clock.now());
}

Task<Response> terminate(Services& services, Request& request, UploadId id) {
  auto camera = co_await camera_of(services, request);
  if (!camera) co_return problem_response(camera.error());
  std::function<Result<void>(ingest::Resumable&)> remove =
      [camera = std::move(*camera), id](ingest::Resumable& uploads) { return uploads.remove(camera, id); };
  const auto removed = co_await on_uploads(services, std::move(remove));
  if (removed) co_return Response{204, {}, Cache::never, {}, std::string()};
  const bool locked = removed.error().kind == ErrorKind::conflict;
  co_return locked ? upload_locked(removed.error().detail) : problem_response(removed.error());
}

// What an upload's address is asked to do.
Task<Response> serve_upload(Services& services, Request& request, Method method) {
  const auto id = parse_id<UploadId>(request.captures[0]);
  if (!id) co_return problem_response({ErrorKind::not_found, "no upload has such an address"});
  if (method == Method::head) co_return co_await ask(services, request, *id);
  if (method == Method::patch) co_return co_await append(services, request, *id);
  co_return co_await terminate(services, request, *id);
}

// Every answer says which version it speaks; every request must.
Task<Response> in_tus(Request& request, std::function<Task<Response>()> serve) {
  std::optional<Response> response = refuse_version(request);
  if (!response) response = co_await serve();
  response->headers.emplace_back("Tus-Resumable", tus_version);
  co_return std::move(*response);
}

Task<Response> serve_as(Services& services, Request& request, Method method) {
  const std::function<Task<Response>()> serve = [&services, &request, method] {
    return serve_upload(services, request, method);
  };
  co_return co_await in_tus(request, serve);
}

}  // namespace

Task<Response> describe_uploads(Services&, Request&) {
  co_return tus_abilities(max_upload_bytes);
}

Task<Response> create_upload(Services& services, Request& request) {
  const std::function<Task<Response>()> serve = [&services, &request] { return create(services, request); };
  co_return co_await in_tus(request, serve);
}

Task<Response> ask_upload(Services& services, Request& request) {
  co_return co_await serve_as(services, request, Method::head);
}

Task<Response> append_upload(Services& services, Request& request) {
  co_return co_await serve_as(services, request, Method::patch);
}

Task<Response> remove_upload(Services& services, Request& request) {
  co_return co_await serve_as(services, request, Method::del);
}

Task<Response> override_upload(Services& services, Request& request) {
  const auto method = overridden_method(request);
  if (!method) co_return problem_response(method.error());
  co_return co_await serve_as(services, request, *method);
}

}  // namespace heliograph::http
