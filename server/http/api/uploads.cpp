#include "server/cameras/cameras.hpp"
#include "server/http/api/device.hpp"
#include "server/http/api/dialects.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/picture_finder.hpp"
#include "server/http/api/upload_headers.hpp"
#include "server/http/json.hpp"

#include <algorithm>

namespace heliograph::http {
namespace {

// An upload on its way in.
struct Reception {
  ingest::ImageUpload upload;            // what is known of it before its bytes, but for the camera
  std::optional<catalog::Camera> owner;  // none: the key may stand in the form
  bool has_key = false;
  std::optional<std::string> camera_name;  // that the sender told
  std::uint32_t block_bytes = 0;           // see lost_last_block

  std::optional<CameraShares::Share> share;  // of its camera, once that is known
  store::Room room;                          // kept for it until it begins
  std::optional<ingest::Incoming> incoming;  // since the picture began
  bool refused = false;                      // what came of it cannot be a picture
  std::uint64_t picture_bytes = 0;
};

// Parameters by value: the coroutine outlives its caller's.
Task<Result<catalog::Camera>> find_owner(Services& services, std::optional<std::string> key) {
  if (!key) {
    if (services.anonymous_camera) co_return *services.anonymous_camera;
    co_return key_missing();
  }
  co_return co_await authenticate(services, std::move(*key));
}

// Is the name that the sender told one that it may use?
Task<Result<void>> check_name(Services& services, const Reception& reception) {
  const auto& name = reception.camera_name;
  if (!name || name->empty() || name->size() > cameras::max_name_length) co_return Result<void>{};
  std::function<Result<catalog::Camera>(catalog::Catalog&)> question =
      [name = *name](catalog::Catalog& catalog) { return catalog.camera_by_name(name); };
  const auto named = co_await services.catalogs.ask(std::move(question));
  if (!named && named.error().kind == ErrorKind::not_found) co_return Result<void>{};
  if (!named) co_return named.error();
  co_return check_named(*named, *reception.owner, reception.has_key);
}

// Sets whose picture it is, if that camera may have one more in hand: too_many.
Result<void> give_to(Services& services, Reception& reception, catalog::Camera owner) {
  auto share = services.shares.take(owner.id, /*images=*/1);
  if (!share) return share.error();
  reception.share.emplace(std::move(*share));
  reception.owner = std::move(owner);
  return {};
}

// Any picture before this one was none.
Result<void> begin_picture(Services& services, Reception& reception) {
  if (reception.incoming) services.ingestor.abandon(std::move(*reception.incoming));
  reception.incoming.reset();
  reception.refused = false;
  reception.picture_bytes = 0;
  ingest::ImageUpload upload = reception.upload;
  upload.camera = *reception.owner;
  auto incoming = services.ingestor.begin(std::move(upload), std::move(reception.room));
  if (!incoming) return incoming.error();
  reception.incoming.emplace(std::move(*incoming));
  return {};
}

Result<void> write_picture(Reception& reception, std::span<const std::uint8_t> bytes) {
  reception.picture_bytes += bytes.size();
  if (reception.refused) return {};
  const auto written = reception.incoming->write(bytes);
  if (written || written.error().kind != ErrorKind::unprocessable) return written;
  reception.refused = true;  // committing it is refused with the reason, and counted
  return {};
}

// Takes the body's next piece apart. True: nothing more is wanted of the body.
Task<Result<bool>> take_piece(Services& services, PictureFinder& finder, Reception& reception,
                              std::span<const std::uint8_t> piece) {
  std::vector<std::uint8_t> kept;
  for (;;) {
    const auto step = finder.next(piece);
    if (!step) co_return step.error();
    switch (step->event) {
      case PictureFinder::Event::starved:
        co_return reception.refused && !finder.may_find_better();
      case PictureFinder::Event::end:
        co_return true;
      case PictureFinder::Event::bytes:
        if (const auto written = write_picture(reception, step->bytes); !written) co_return written.error();
        break;
      case PictureFinder::Event::picture:
        if (!reception.owner) {
          auto key = key_in_form(finder);
          reception.has_key = key.has_value();
          kept.assign(piece.begin(), piece.end());  // others use the buffer while we wait
          piece = kept;
          auto owner = co_await find_owner(services, std::move(key));
          if (!owner) co_return owner.error();
          if (const auto given = give_to(services, reception, std::move(*owner)); !given)
            co_return given.error();
        }
        if (const auto begun = begin_picture(services, reception); !begun) co_return begun.error();
        break;
    }
  }
}

// What came before the error may have been no picture: that is kept like other noise.
Error give_up(Services& services, Reception& reception, Error error) {
  if (reception.incoming) services.ingestor.abandon(std::move(*reception.incoming));
  return error;
}

Task<Result<ingest::Receipt>> receive(Services& services, Body& sent, PictureFinder& finder,
                                      Reception& reception) {
  PatientBody body(sent, services.backlog);
  auto room = services.ingestor.reserve(body.length());  // refused before anything is read, not halfway
  if (!room) co_return room.error();
  reception.room = std::move(*room);
  std::string last;  // bytes, across pieces
  std::uint64_t received = 0;
  for (;;) {
    const auto piece = co_await body.next();
    if (!piece) co_return give_up(services, reception, piece.error());
    if (piece->empty()) break;
    received += piece->size();
    if (reception.block_bytes > 0) {
      last.append(piece->end() - std::min<std::ptrdiff_t>(4, std::ssize(*piece)), piece->end());
      last.erase(0, last.size() - std::min<std::size_t>(4, last.size()));
    }
    const auto ended = co_await take_piece(services, finder, reception, *piece);
    if (!ended) co_return give_up(services, reception, ended.error());
    if (*ended || lost_last_block(reception.block_bytes, body.length(), received, last)) break;
  }
  if (!reception.incoming) {
    co_return Error{ErrorKind::unprocessable,
                    "there is no picture in it: nothing that came begins as a JPEG does (FF D8)"};
  }
  auto held = services.backlog.hold(reception.picture_bytes);
  if (!reception.camera_name) reception.camera_name = camera_name_in_form(finder);
  if (const auto fits = co_await check_name(services, reception); !fits) {
    // A camera that does not come again loses nothing: who mixed up the keys finds its pictures in
    // quarantine.
    if (fits.error().kind == ErrorKind::conflict) reception.incoming->refuse(fits.error());
    co_return give_up(services, reception, fits.error());
  }
  const std::function<void(ingest::Ingestor::Done)> commit = [&](const ingest::Ingestor::Done& done) {
    services.ingestor.commit(std::move(*reception.incoming), done);
  };
  co_return co_await await_receipt(std::move(held), commit);
}

}  // namespace

Task<Response> upload_in_dialect(Services& services, const Dialect& dialect, Request& request) {
  auto envelope = read_envelope(dialect, request);
  if (!envelope) co_return problem_response(envelope.error());
  const bool form = envelope->content == Envelope::Content::form;
  Reception reception;
  reception.upload.captured_at = envelope->captured_at;
  reception.has_key = envelope->key.has_value();
  reception.camera_name = std::move(envelope->camera_name);
  reception.block_bytes = dialect.block_bytes;
  if (reception.has_key || !form) {
    auto owner = co_await find_owner(services, std::move(envelope->key));
    if (!owner) co_return problem_response(owner.error());
    if (envelope->content == Envelope::Content::note) co_return note_answer();
    const auto given = give_to(services, reception, std::move(*owner));
    if (!given) co_return problem_response(given.error());
  }
  PictureFinder finder = form ? PictureFinder(envelope->boundary) : PictureFinder();
  const auto receipt = co_await receive(services, *request.body, finder, reception);
  if (!receipt) co_return problem_response(receipt.error());
  co_return upload_answer(dialect, request, finder, *receipt, reception.picture_bytes);
}

Task<Response> upload_image(Services& services, Request& request) {
  auto key = read_key(request);
  if (!key) co_return problem_response(key.error());
  if (!*key) co_return problem_response(key_missing());
  auto upload = read_device_headers(request);
  if (!upload) co_return problem_response(upload.error());
  if (const auto checked = check_body(request); !checked) co_return problem_response(checked.error());
  auto owner = co_await find_owner(services, std::move(*key));
  if (!owner) co_return problem_response(owner.error());
  Reception reception;
  reception.upload = std::move(*upload);
  reception.has_key = true;
  const auto given = give_to(services, reception, std::move(*owner));
  if (!given) co_return problem_response(given.error());
  PictureFinder finder;
  const auto receipt = co_await receive(services, *request.body, finder, reception);
  if (!receipt) co_return problem_response(receipt.error());
  JsonWriter json;
  json.object([&] {
    write_stored(json, *receipt);
    json.field("server_time", to_ms(services.clock.now()));
  });
  co_return json_response(201, std::move(json).text());
}

}  // namespace heliograph::http
