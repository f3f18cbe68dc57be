// What whoever holds a link may see, without an account.
//
// The link's secret stands behind the #, which no browser sends. The page sends it once, in a body, and is
// given a cookie for the addresses of that share only: <img> sends no header that a page could choose.
#include "server/accounts/sharing.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/gallery_json.hpp"
#include "server/http/api/gallery_query.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/guest.hpp"
#include "server/http/api/json_body.hpp"
#include "server/http/api/media.hpp"
#include "server/http/response.hpp"

#include <algorithm>

namespace heliograph::http {
namespace {

using catalog::FiledImage;
using catalog::FiledShare;
using catalog::ShareKind;

std::string set_cookie(const Request& request, ShareId id, std::string_view opening) {
  std::string cookie(opening_cookie(request.secure));
  cookie.append("=").append(opening).append("; Path=/api/v1/shared/").append(to_string(id));
  cookie.append("; HttpOnly; SameSite=Strict; Max-Age=");
  cookie += std::to_string(std::chrono::seconds(accounts::opening_life).count());
  if (request.secure) cookie += "; Secure";
  return cookie;
}

Response password_needed(bool wrong_one) {
  return problem(401, "share-password",
                 wrong_one ? "this is not the password of this link" : "this link asks for a password");
}

std::string shared_json(const FiledShare& filed) {
  const catalog::Share& share = filed.share;
  const auto ms = [](const std::optional<Timestamp>& time) {
    return time ? std::optional(to_ms(*time)) : std::nullopt;
  };
  JsonWriter json;
  json.object([&] {
    json.field("id", to_string(share.id));
    json.field("kind", catalog::to_string(share.kind));
    json.field("name", share.name);
    json.field("camera_id", to_string(share.camera));
    json.field("camera_name", filed.camera_name);
    json.field("from", ms(share.begins_at));
    json.field("to", ms(share.ends_at));
    json.field("expires_at", ms(share.expires_at));
  });
  return std::move(json).text();
}

// Guesses at the link itself get nowhere; those at its password are slowed by what they are about, so that no
// guesser keeps others from opening theirs. Neither is a name that somebody could sign in with.
std::string guessed_link(std::string_view token) {
  return "link " + to_hex(token_hash(token));
}
std::string guessed_password(ShareId id) {
  return "share " + to_string(id);
}

Result<void> slow_down(Services& services, const Request& request, std::string_view account) {
  const auto wait = services.throttle.begin(account, request.peer);
  if (wait.count() > 0)
    return Error{ErrorKind::too_many, "too many tries; wait a little, then try again", wait};
  return {};
}

Task<Result<FiledShare>> find_share(Services& services, const Request& request, std::string token) {
  if (auto slow = slow_down(services, request, guessed_link(token)); !slow) co_return slow.error();
  Question<FiledShare> question = [&clock = services.clock, login = services.login,
                                   token](catalog::Catalog& catalog) {
    return accounts::share_by_token(catalog, clock, login, token);
  };
  auto filed = co_await services.catalogs.ask(std::move(question));
  if (filed) services.throttle.succeeded(guessed_link(token), request.peer);
  co_return filed;
}

// Newest first: as many as the decision about a live view looks at.
Result<std::vector<FiledImage>> newest_of(catalog::Catalog& catalog, const catalog::Share& share) {
  return catalog.images({.camera = share.camera, .limit = 2});
}

bool in_page(const catalog::ImageQuery& query, const catalog::Image& image) {
  const auto key = [](Timestamp captured_at, ImageId id) { return std::pair(captured_at, id); };
  return (!query.from || image.captured_at >= *query.from) && (!query.to || image.captured_at < *query.to) &&
         (!query.after || key(image.captured_at, image.id) < key(query.after->captured_at, query.after->id));
}

// The one picture of a share that has no more.
Result<std::vector<FiledImage>> single_image(catalog::Catalog& catalog, const catalog::Share& share) {
  if (share.kind == ShareKind::live) {
    auto newest = newest_of(catalog, share);
    if (newest && newest->size() > 1) newest->resize(1);
    return newest;
  }
  auto filed = catalog.image(*share.image);
  if (!filed && filed.error().kind == ErrorKind::not_found) return std::vector<FiledImage>();  // in the trash
  if (!filed) return filed.error();
  return std::vector{std::move(*filed)};
}

bool has_one_picture(const catalog::Share& share) {
  return share.kind == ShareKind::image || share.kind == ShareKind::live;
}

Result<std::vector<FiledImage>> page_of(catalog::Catalog& catalog, const catalog::Share& share,
                                        catalog::ImageQuery query) {
  if (has_one_picture(share)) {
    auto images = single_image(catalog, share);
    if (images) std::erase_if(*images, [&](const FiledImage& filed) { return !in_page(query, filed.image); });
    return images;
  }
  query.camera = share.camera;
  query.from = std::max(query.from, share.begins_at);  // none is the least
  if (share.ends_at) query.to = std::min(query.to.value_or(*share.ends_at), *share.ends_at);
  return catalog.images(query);
}

Result<std::vector<catalog::HourCount>> hours_of(catalog::Catalog& catalog, const catalog::Share& share) {
  if (share.kind == ShareKind::camera) return catalog.histogram(share.camera);
  if (share.kind == ShareKind::day) {
    return catalog::Shares(catalog).hours(share.camera, *share.begins_at, *share.ends_at);
  }
  const auto images = single_image(catalog, share);
  if (!images) return images.error();
  std::vector<catalog::HourCount> hours;
  for (const FiledImage& filed : *images) {
    hours.push_back(
        {std::chrono::floor<std::chrono::hours>(filed.image.captured_at), 1, filed.image.size_bytes});
  }
  return hours;
}

struct SharedImage {
  FiledImage filed;
  bool metadata = false;
};

// The image whose file name stands in the path, if the share covers it.
Task<Result<SharedImage>> find_shared_image(Services& services, const Request& request) {
  ShareQuestion<SharedImage> question = [&clock = services.clock, filename = request.captures[1]](
                                            catalog::Catalog& catalog,
                                            const FiledShare& filed) -> Result<SharedImage> {
    auto image = image_by_filename(catalog, filename);
    if (!image) return image.error();
    std::vector<catalog::Image> newest;
    if (filed.share.kind == ShareKind::live) {
      const auto found = newest_of(catalog, filed.share);
      if (!found) return found.error();
      for (const FiledImage& one : *found) newest.push_back(one.image);
    }
    if (!accounts::covers(filed.share, image->image, newest, clock.now())) return no_such_image(filename);
    return SharedImage{std::move(*image), filed.share.metadata};
  };
  co_return co_await ask_as_guest(services, request, std::move(question));
}

}  // namespace

Task<Response> open_share(Services& services, Request& request) {
  static constexpr std::string_view members[] = {"token", "password"};
  if (const auto ours = check_origin(request); !ours) co_return problem_response(ours.error());
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto token = text_of(*body, "token");
  if (!token) co_return problem_response(token.error());
  const auto password = optional_text_of(*body, "password");
  if (!password) co_return problem_response(password.error());

  const auto filed = co_await find_share(services, request, *token);
  if (!filed) co_return problem_response(filed.error());
  const catalog::Share& share = filed->share;
  if (share.password_hash) {
    if (!*password) co_return password_needed(false);
    const std::string account = guessed_password(share.id);
    if (auto slow = slow_down(services, request, account); !slow) co_return problem_response(slow.error());
    const auto right = co_await verify_password(services, *share.password_hash, **password);
    if (!right) co_return problem_response(right.error());
    if (!*right) co_return password_needed(true);
    services.throttle.succeeded(account, request.peer);
  }
  const Timestamp now = services.clock.now();
  Question<void> count = [id = share.id, now](catalog::Catalog& catalog) {
    return catalog::Shares(catalog).count_view(id, now);
  };
  if (auto counted = co_await services.catalogs.ask(std::move(count)); !counted) {
    co_return problem_response(counted.error());
  }
  Response response = json_response(200, shared_json(*filed));
  response.headers.emplace_back("Set-Cookie",
                                set_cookie(request, share.id, accounts::make_opening(share, *token, now)));
  co_return response;
}

Task<Response> get_shared(Services& services, Request& request) {
  ShareQuestion<std::string> question =
      [](catalog::Catalog&, const FiledShare& filed) -> Result<std::string> { return shared_json(filed); };
  const auto json = co_await ask_as_guest(services, request, std::move(question));
  co_return json ? json_response(200, *json) : problem_response(json.error());
}

Task<Response> get_shared_histogram(Services& services, Request& request) {
  ShareQuestion<std::vector<catalog::HourCount>> question =
      [](catalog::Catalog& catalog, const FiledShare& filed) { return hours_of(catalog, filed.share); };
  const auto hours = co_await ask_as_guest(services, request, std::move(question));
  co_return hours ? json_response(200, histogram_json(*hours)) : problem_response(hours.error());
}

Task<Response> list_shared_images(Services& services, Request& request) {
  const auto query = read_page_query(request);
  if (!query) co_return problem_response(query.error());
  ShareQuestion<std::vector<FiledImage>> question = [query = *query](catalog::Catalog& catalog,
                                                                     const FiledShare& filed) {
    return page_of(catalog, filed.share, query);
  };
  const auto images = co_await ask_as_guest(services, request, std::move(question));
  if (!images) co_return problem_response(images.error());
  const bool full = images->size() == static_cast<std::size_t>(query->limit);
  co_return json_response(200, page_json(*images, full));
}

Task<Response> get_shared_original(Services& services, Request& request) {
  const auto found = co_await find_shared_image(services, request);
  if (!found) co_return problem_response(found.error());
  // Asked about each time: what was shown must not outlast its share in a browser's cache.
  if (found->metadata) co_return original_file(services, found->filed, Cache::revalidate);
  co_return co_await bare_original(services, found->filed);
}

Task<Response> get_shared_thumbnail(Services& services, Request& request) {
  const auto found = co_await find_shared_image(services, request);
  if (!found) co_return problem_response(found.error());
  co_return co_await thumbnail_file(services, found->filed, Cache::revalidate);
}

}  // namespace heliograph::http
