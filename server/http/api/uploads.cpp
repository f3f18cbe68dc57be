#include "server/cameras/cameras.hpp"
#include "server/http/api/device.hpp"
#include "server/http/api/dialects.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/reception.hpp"
#include "server/http/api/upload_headers.hpp"
#include "server/http/json.hpp"

namespace heliograph::http {
namespace {

// Parameters by value: the coroutine outlives its caller's.
Task<Response> take_note(Services& services, Sender sender) {
  const auto holder = co_await identify(services, std::move(sender));
  co_return holder ? note_answer() : problem_response(holder.error());
}

Task<Result<void>> give_to_owner(Services& services, Reception& reception, Sender sender) {
  auto holder = co_await identify(services, std::move(sender));
  if (!holder) co_return holder.error();
  co_return reception.give_to(std::move(*holder));
}

// The owner, whose key stood in the form, and then what waited for that.
Task<Result<Reception::Wants>> resume(Services& services, const Request& request, Reception& reception) {
  Sender sender = sender_with(request, reception.key_in_form());
  const auto given = co_await give_to_owner(services, reception, std::move(sender));
  if (!given) co_return given.error();
  co_return reception.resume();
}

// Is the name that the sender told one that it may use?
Task<Result<void>> check_name(Services& services, const Reception& reception) {
  auto name = reception.camera_name();
  if (!name || name->empty() || name->size() > cameras::max_name_length) co_return Result<void>{};
  std::function<Result<catalog::Camera>(catalog::Catalog&)> question =
      [name = std::move(*name)](catalog::Catalog& catalog) { return catalog.camera_by_name(name); };
  const auto named = co_await services.catalogs.ask(std::move(question));
  if (!named && named.error().kind == ErrorKind::not_found) co_return Result<void>{};
  if (!named) co_return named.error();
  co_return check_named(*named, reception.owner(), reception.has_key());
}

// Until nothing more of the body is wanted.
Task<Result<void>> receive(Services& services, const Request& request, Reception& reception) {
  PatientBody body(*request.body, services.backlog);
  for (auto wants = Reception::Wants::more; wants == Reception::Wants::more;) {
    const auto piece = co_await body.next();
    if (!piece) co_return piece.error();
    auto taken = reception.take(*piece);
    if (taken && *taken == Reception::Wants::owner) taken = co_await resume(services, request, reception);
    if (!taken) co_return taken.error();
    wants = *taken;
  }
  co_return Result<void>{};
}

Task<Result<ingest::Receipt>> store(Services& services, Reception& reception) {
  if (const auto sound = reception.check(); !sound) co_return sound.error();
  auto held = services.backlog.hold(reception.picture_bytes());
  if (const auto fits = co_await check_name(services, reception); !fits) {
    // A camera that does not come again loses nothing: who mixed up the keys finds its pictures in
    // quarantine.
    if (fits.error().kind == ErrorKind::conflict) reception.refuse(fits.error());
    co_return fits.error();
  }
  const std::function<void(ingest::Ingestor::Done)> commit = [&](const ingest::Ingestor::Done& done) {
    reception.commit(done);
  };
  co_return co_await await_receipt(std::move(held), commit);
}

Task<Result<ingest::Receipt>> receive_and_store(Services& services, const Request& request,
                                                Reception& reception) {
  // Refused before anything is read, not halfway.
  if (const auto room = reception.make_room(request.body->length()); !room) co_return room.error();
  if (const auto received = co_await receive(services, request, reception); !received) {
    reception.abandon();
    co_return received.error();
  }
  if (!reception.has_picture()) {
    co_return Error{ErrorKind::unprocessable,
                    "there is no picture in it: nothing that came begins as a JPEG does (FF D8)"};
  }
  auto receipt = co_await store(services, reception);
  if (!receipt) reception.abandon();
  co_return receipt;
}

}  // namespace

Task<Response> upload_in_dialect(Services& services, const Dialect& dialect, Request& request) {
  auto envelope = read_envelope(dialect, request);
  if (!envelope) co_return problem_response(envelope.error());
  if (envelope->content == Envelope::Content::note) {
    Sender sender = sender_with(request, std::move(envelope->key));
    co_return co_await take_note(services, std::move(sender));
  }
  Reception reception(services, dialect, *envelope);
  if (reception.has_key() || envelope->content != Envelope::Content::form) {
    Sender sender = sender_with(request, std::move(envelope->key));
    const auto given = co_await give_to_owner(services, reception, std::move(sender));
    if (!given) co_return problem_response(given.error());
  }
  const auto receipt = co_await receive_and_store(services, request, reception);
  if (!receipt) co_return problem_response(receipt.error());
  co_return upload_answer(dialect, request, reception.finder(), *receipt, reception.picture_bytes());
}

Task<Response> upload_image(Services& services, Request& request) {
  auto sender = read_sender(request);
  if (!sender) co_return problem_response(sender.error());
  if (!sender->key && !sender->signature) co_return problem_response(key_missing());
  auto upload = read_device_headers(request);
  if (!upload) co_return problem_response(upload.error());
  if (const auto checked = check_body(request); !checked) co_return problem_response(checked.error());
  const auto signed_body = sender->signature ? std::optional(sender->signature->body) : std::nullopt;
  Reception reception(services, std::move(*upload), signed_body);
  const auto given = co_await give_to_owner(services, reception, std::move(*sender));
  if (!given) co_return problem_response(given.error());
  const auto receipt = co_await receive_and_store(services, request, reception);
  if (!receipt) co_return problem_response(receipt.error());
  JsonWriter json;
  json.object([&] {
    write_stored(json, *receipt);
    json.field("server_time", to_ms(services.clock.now()));
  });
  co_return json_response(201, std::move(json).text());
}

}  // namespace heliograph::http
