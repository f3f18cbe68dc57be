#include "protocol/upload.hpp"
#include "server/cameras/cameras.hpp"
#include "server/http/api/device.hpp"
#include "server/http/api/dialects.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/orders_json.hpp"
#include "server/http/api/reception.hpp"
#include "server/http/api/spoken.hpp"
#include "server/http/api/telling.hpp"
#include "server/http/api/upload_headers.hpp"
#include "server/http/json.hpp"

namespace heliograph::http {
namespace {

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
  PatientBody body(*request.body, services.backlog);
  Result<Reception::Wants> wants = Reception::Wants::more;
  while (wants && *wants == Reception::Wants::more) {
    const auto piece = co_await body.next();
    wants = piece ? reception.take(*piece) : piece.error();
    if (wants && *wants == Reception::Wants::owner) wants = co_await resume(services, request, reception);
  }
  if (!wants) {
    reception.abandon();
    co_return wants.error();
  }
  if (!reception.has_picture()) {
    co_return Error{ErrorKind::unprocessable,
                    "there is no picture in it: nothing that came begins as a JPEG does (FF D8)"};
  }
  auto receipt = co_await store(services, reception);
  if (!receipt) reception.abandon();
  co_return receipt;
}

// What stands before the body, up to its owner. A coroutine of its own, which is over before the body comes:
// there are thousands of uploads that wait for their sender, and what it needed would wait with them.
using Admitted = Result<std::unique_ptr<Reception>>;  // null: a note, of which nothing more is wanted

Task<Admitted> admit_in_dialect(Services& services, const Dialect& dialect, const Request& request) {
  auto envelope = read_envelope(dialect, request);
  if (!envelope) co_return envelope.error();
  const bool form = envelope->content == Envelope::Content::form;
  if (envelope->content == Envelope::Content::note) {
    const auto holder = co_await identify(services, sender_with(request, std::move(envelope->key)));
    if (!holder) co_return holder.error();
    co_return nullptr;
  }
  auto reception = std::make_unique<Reception>(services, dialect, *envelope);
  if (reception->has_key() || !form) {
    Sender sender = sender_with(request, std::move(envelope->key));
    const auto given = co_await give_to_owner(services, *reception, std::move(sender));
    if (!given) co_return given.error();
  }
  co_return reception;
}

Task<Admitted> admit_with_headers(Services& services, const Request& request) {
  auto sender = read_sender(request);
  if (!sender) co_return sender.error();
  if (!sender->key && !sender->signature) co_return key_missing();
  auto upload = read_device_headers(request);
  if (!upload) co_return upload.error();
  if (const auto checked = check_body(request); !checked) co_return checked.error();
  const auto signed_body = sender->signature ? std::optional(sender->signature->body) : std::nullopt;
  auto reception = std::make_unique<Reception>(services, std::move(*upload), signed_body);
  const auto given = co_await give_to_owner(services, *reception, std::move(*sender));
  if (!given) co_return given.error();
  co_return reception;
}

// Null: nothing is said beside the picture.
std::unique_ptr<cameras::Spoken> read_report(const Request& request) {
  const auto text = request.header(protocol::report_header);
  return text ? std::make_unique<cameras::Spoken>(read_report_header(*text)) : nullptr;
}

// What the camera is to be told beside its receipt. Nothing when that cannot be found out now: the picture is
// stored, and the camera comes again.
Task<cameras::NextOrders> orders_for(Services& services, const Reception& reception,
                                     std::unique_ptr<cameras::Spoken> spoken) {
  if (!reception.is_camera() || (!reception.has_orders() && !spoken)) co_return cameras::NextOrders{};
  auto orders = co_await tell(services, reception.owner().id, std::move(spoken));
  co_return orders ? std::move(*orders) : cameras::NextOrders{};
}

// A coroutine of its own, which is there only when everything has come: see Admitted.
Task<Response> answer_upload(Services& services, const Reception& reception, ingest::Receipt receipt,
                             std::unique_ptr<cameras::Spoken> spoken) {
  const auto orders = co_await orders_for(services, reception, std::move(spoken));
  const Timestamp now = services.clock.now();
  JsonWriter json;
  json.object([&] {
    write_stored(json, receipt);
    json.field("server_time", to_ms(now));
    write_orders(json, orders, now);
  });
  co_return json_response(201, std::move(json).text());
}

}  // namespace

Task<Response> upload_in_dialect(Services& services, const Dialect& dialect, Request& request) {
  const Admitted admitted = co_await admit_in_dialect(services, dialect, request);
  if (!admitted) co_return problem_response(admitted.error());
  if (!*admitted) co_return note_answer();
  Reception& reception = **admitted;
  const bool json_wanted = wants_json(request);
  if (reception.has_owner()) request.drop_headers();
  const auto receipt = co_await receive_and_store(services, request, reception);
  if (!receipt) co_return problem_response(receipt.error());
  co_return upload_answer(dialect, json_wanted, reception.finder(), *receipt, reception.picture_bytes());
}

Task<Response> upload_image(Services& services, Request& request) {
  const Admitted admitted = co_await admit_with_headers(services, request);
  if (!admitted) co_return problem_response(admitted.error());
  auto spoken = read_report(request);
  request.drop_headers();
  const auto receipt = co_await receive_and_store(services, request, **admitted);
  if (!receipt) co_return problem_response(receipt.error());
  co_return co_await answer_upload(services, **admitted, *receipt, std::move(spoken));
}

}  // namespace heliograph::http
