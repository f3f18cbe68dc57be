// A camera, live, for whoever holds a link to it.
#include "server/http/api/guest.hpp"
#include "server/http/api/live_view.hpp"

#include <memory>
#include <utility>

namespace heliograph::http {
namespace {

using catalog::FiledShare;
using catalog::Share;

// The share, if it is of a live view: others show what is stored.
Task<Result<Share>> find_live_share(Services& services, const Request& request) {
  ShareQuestion<Share> question = [](catalog::Catalog&, const FiledShare& filed) -> Result<Share> {
    if (filed.share.kind == catalog::ShareKind::live) return filed.share;
    return Error{ErrorKind::not_found, "this link shows what is stored, and nothing live"};
  };
  co_return co_await ask_as_guest(services, request, std::move(question));
}

Sight sight_of(const Share& share) {
  return [shared = share.camera](accounts::Right right, CameraId camera) {
    return right == accounts::Right::view && camera == shared;
  };
}

Task<Result<Sight>> admit_guest(Services& services, std::shared_ptr<const Request> request) {
  const auto share = co_await find_live_share(services, *request);
  if (!share) co_return share.error();
  co_return sight_of(*share);
}

Audience guests(Services& services, const Request& request, const Share& share) {
  return {[&services, kept = kept_request(request)] { return admit_guest(services, kept); },
          {.name = "guest of share " + to_string(share.id), .address = request.peer},
          share.metadata};
}

using Show = Task<Response> (*)(Services&, const Request&, CameraId, Audience);

Task<Response> show_to_guest(Services& services, const Request& request, Show show) {
  const auto share = co_await find_live_share(services, request);
  if (!share) co_return problem_response(share.error());
  co_return co_await show(services, request, share->camera, guests(services, request, *share));
}

}  // namespace

Task<Response> get_shared_live_film(Services& services, Request& request) {
  return show_to_guest(services, request, live_film);
}

Task<Response> get_shared_live_picture(Services& services, Request& request) {
  return show_to_guest(services, request, live_picture);
}

Task<Response> follow_shared_live(Services& services, Request& request) {
  const auto share = co_await find_live_share(services, request);
  if (!share) co_return problem_response(share.error());
  co_return live_socket(services, request, guests(services, request, *share), sight_of(*share));
}

}  // namespace heliograph::http
