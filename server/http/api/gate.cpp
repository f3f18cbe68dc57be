#include "server/http/api/gate.hpp"

#include "server/accounts/accounts.hpp"
#include "server/http/api/upload_headers.hpp"
#include "server/http/text.hpp"

#include <utility>

namespace heliograph::http {
namespace {

using accounts::Right;
using accounts::Visitor;

constexpr std::string_view csrf_header = "X-CSRF-Token";

bool changes_something(Method method) {
  return method != Method::get && method != Method::head && method != Method::options;
}

// What a request proves its sender with.
struct Proof {
  std::string token;
  bool cookie = false;  // which a browser sends by itself, whoever asks it to
};

std::optional<Proof> read_proof(const Request& request) {
  if (const auto header = request.header("Authorization")) {
    const auto [scheme, token] = split_once(trim(*header), ' ');
    if (equals_ignoring_case(scheme, "Bearer")) return Proof{std::string(trim(token)), false};
  }
  // Players and home automation send a name and a password, and nothing else. A browser that was given one
  // sends it whoever asks: so it is good for looking only.
  if (!changes_something(request.method)) {
    if (auto token = basic_password(request)) return Proof{std::move(*token), false};
  }
  if (auto token = session_in_cookie(request)) return Proof{std::move(*token), true};
  return std::nullopt;
}

Result<void> check_forgery(const Request& request, const Proof& proof) {
  if (!proof.cookie || !changes_something(request.method)) return {};
  if (auto same = check_origin(request); !same) return same;
  if (request.header(csrf_header) == csrf_token(proof.token)) return {};
  return Error{ErrorKind::forbidden,
               "what changes something needs the header X-CSRF-Token, as `csrf` of "
               "/api/v1/session says it"};
}

Error not_enough() {
  return {ErrorKind::forbidden, "you may not do this; an administrator may change that"};
}

bool suffices(const Visitor& visitor, Access access) {
  switch (access) {
    case Access::anyone:
    case Access::camera:
    case Access::share:
      return true;
    case Access::session:
      return visitor.session.has_value();
    case Access::view:
      return visitor.may_somewhere(Right::view);
    case Access::operate:
      return visitor.may_somewhere(Right::operate);
    case Access::administer:
      return visitor.may_somewhere(Right::administer);
    case Access::view_all:
      return visitor.may(Right::view);
    case Access::administer_all:
      break;
  }
  return visitor.may(Right::administer);
}

// By value: the coroutine outlives its caller's.
Task<Result<Visitor>> recognise(Services& services, Proof proof) {
  std::function<Result<Visitor>(catalog::Catalog&)> question =
      [proof = std::move(proof), &clock = services.clock](catalog::Catalog& catalog) {
        return proof.cookie ? accounts::visitor_by_session(catalog, clock, proof.token)
                            : accounts::visitor_by_token(catalog, clock, proof.token);
      };
  co_return co_await services.catalogs.ask(std::move(question));
}

}  // namespace

std::string csrf_token(std::string_view session_token) {
  return to_hex(sha256("csrf of " + std::string(session_token)));
}

Task<Result<Visitor>> admit(Services& services, const Request& request, Access access) {
  if (!services.login) {
    // Without a login nothing else tells our own page from another site's.
    if (changes_something(request.method)) {
      if (auto same = check_origin(request); !same) co_return same.error();
    }
    auto visitor = accounts::anybody();
    if (!suffices(visitor, access)) co_return Error{ErrorKind::conflict, "this server has no login"};
    co_return visitor;
  }
  auto proof = read_proof(request);
  if (!proof) {
    co_return Error{ErrorKind::unauthorized, "sign in, or send a token as \"Authorization: Bearer TOKEN\""};
  }
  if (auto genuine = check_forgery(request, *proof); !genuine) co_return genuine.error();
  auto visitor = co_await recognise(services, std::move(*proof));
  if (!visitor) co_return visitor.error();
  if (!suffices(*visitor, access)) co_return not_enough();
  co_return visitor;
}

Result<void> allow(const Visitor& visitor, Right right, CameraId camera, const Error& missing) {
  if (visitor.may(right, camera)) return {};
  return visitor.may(Right::view, camera) ? not_enough() : missing;
}

Result<CameraId> allowed_camera(const Visitor& visitor, Right right, const std::string& text) {
  const Error missing{ErrorKind::not_found, "there is no camera " + text};
  const auto camera = parse_id<CameraId>(text);
  if (!camera) return missing;
  if (auto allowed = allow(visitor, right, *camera, missing); !allowed) return allowed.error();
  return *camera;
}

}  // namespace heliograph::http
