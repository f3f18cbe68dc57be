// Links that show pictures to strangers: made, listed and ended by those who may.
#include "server/accounts/password.hpp"
#include "server/accounts/sharing.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/json_body.hpp"

namespace heliograph::http {
namespace {

// A hash takes 30 ms; so long a queue of them is bounded by the worker.
constexpr std::chrono::seconds hashing_deadline{10};

std::optional<std::int64_t> ms(const std::optional<Timestamp>& time) {
  if (!time) return std::nullopt;
  return to_ms(*time);
}

std::optional<Timestamp> time_of(const std::optional<std::int64_t>& ms) {
  if (!ms) return std::nullopt;
  return from_ms(*ms);
}

void write_share_fields(JsonWriter& json, const Services& services, const catalog::FiledShare& filed) {
  const catalog::Share& share = filed.share;
  json.field("id", to_string(share.id));
  json.field("name", share.name);
  json.field("kind", catalog::to_string(share.kind));
  json.field("camera_id", to_string(share.camera));
  json.field("camera_name", filed.camera_name);
  json.field("image_id", share.image ? std::optional(to_string(*share.image)) : std::nullopt);
  json.field("from", ms(share.begins_at));
  json.field("to", ms(share.ends_at));
  json.field("password", share.password_hash.has_value());
  json.field("metadata", share.metadata);
  json.field("made_by", filed.person_name);
  json.field("created_at", to_ms(share.created_at));
  json.field("expires_at", ms(share.expires_at));
  json.field("open", accounts::is_open(filed, services.clock.now(), services.login));
  json.field("views", share.views);
  json.field("viewed_at", ms(share.viewed_at));
}

// What somebody wants to share, as they say it.
struct Wish {
  catalog::Share share;
  std::string camera;  // its id, if the share is no image's
  std::string image;
  std::optional<std::string> password;
};

Result<void> read_times(const boost::json::object& body, catalog::Share& share) {
  const auto from = optional_integer_of(body, "from");
  if (!from) return from.error();
  const auto to = optional_integer_of(body, "to");
  if (!to) return to.error();
  const auto expires = optional_integer_of(body, "expires_at");
  if (!expires) return expires.error();
  for (const auto& time : {*from, *to, *expires}) {
    if (time && (*time < 0 || *time > catalog::max_keep)) {
      return Error{ErrorKind::bad_request, "times are milliseconds since 1970"};
    }
  }
  share.begins_at = time_of(*from);
  share.ends_at = time_of(*to);
  share.expires_at = time_of(*expires);
  return {};
}

Result<Wish> read_wish(const boost::json::object& body) {
  Wish wish;
  const auto kind = text_of(body, "kind");
  if (!kind) return kind.error();
  const auto known = catalog::parse_share_kind(*kind);
  if (!known) return Error{ErrorKind::bad_request, "`kind` must be one of image, day, camera, live"};
  wish.share.kind = *known;
  const bool of_image = *known == catalog::ShareKind::image;
  const auto subject = text_of(body, of_image ? "image" : "camera");
  if (!subject) return subject.error();
  (of_image ? wish.image : wish.camera) = *subject;
  const auto other = optional_text_of(body, of_image ? "camera" : "image");
  if (!other) return other.error();
  if (*other) return Error{ErrorKind::bad_request, "a share is of an `image`, or of a `camera`"};
  const auto name = optional_text_of(body, "name");
  if (!name) return name.error();
  wish.share.name = name->value_or("");
  const auto password = optional_text_of(body, "password");
  if (!password) return password.error();
  wish.password = *password;
  const auto metadata = optional_bool_of(body, "metadata");
  if (!metadata) return metadata.error();
  wish.share.metadata = metadata->value_or(false);
  if (auto read = read_times(body, wish.share); !read) return read.error();
  return wish;
}

// Its camera, and its image if it is one's: those that the visitor may share.
Task<Result<void>> find_subject(Services& services, const Visitor& visitor, Wish& wish) {
  using accounts::Right;
  if (wish.share.kind != catalog::ShareKind::image) {
    const auto camera = allowed_camera(visitor, Right::operate, wish.camera);
    if (!camera) co_return camera.error();
    wish.share.camera = *camera;
    co_return Result<void>{};
  }
  const Error missing{ErrorKind::not_found, "there is no image " + wish.image};
  const auto id = parse_id<ImageId>(wish.image);
  if (!id) co_return missing;
  Question<catalog::FiledImage> question = [id = *id](catalog::Catalog& catalog) {
    return catalog.image(id);
  };
  const auto filed = co_await services.catalogs.ask(std::move(question));
  if (!filed && filed.error().kind == ErrorKind::not_found) co_return missing;
  if (!filed) co_return filed.error();
  wish.share.image = *id;
  wish.share.camera = filed->image.camera;
  co_return allow(visitor, Right::operate, filed->image.camera, missing);
}

Task<Result<void>> hash_its_password(Services& services, Wish& wish) {
  if (!wish.password) co_return Result<void>{};
  if (auto good = accounts::check_share_password(*wish.password); !good) co_return good.error();
  std::function<Result<std::string>()> work = [password = *wish.password] {
    return accounts::hash_password(password);
  };
  auto hash = co_await run_on<std::string>(services.hashing, hashing_deadline, std::move(work));
  if (!hash) co_return hash.error();
  wish.share.password_hash = std::move(*hash);
  co_return Result<void>{};
}

}  // namespace

Task<Response> list_shares(Services& services, Request&, const Visitor& visitor) {
  Question<std::vector<catalog::FiledShare>> question = [visitor](catalog::Catalog& catalog) {
    return accounts::shares_of(catalog, visitor);
  };
  const auto shares = co_await services.catalogs.ask(std::move(question));
  if (!shares) co_return problem_response(shares.error());
  JsonWriter json;
  json.object([&] {
    json.key("shares").array([&] {
      for (const catalog::FiledShare& filed : *shares) {
        json.object([&] { write_share_fields(json, services, filed); });
      }
    });
  });
  co_return json_response(200, std::move(json).text());
}

Task<Response> make_share(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"kind", "camera",   "image",    "from",      "to",
                                                 "name", "password", "metadata", "expires_at"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  auto wish = read_wish(*body);
  if (!wish) co_return problem_response(wish.error());
  if (auto found = co_await find_subject(services, visitor, *wish); !found) {
    co_return problem_response(found.error());
  }
  if (auto good = accounts::check_share(wish->share, services.clock.now()); !good) {
    co_return problem_response(good.error());
  }
  if (auto hashed = co_await hash_its_password(services, *wish); !hashed) {
    co_return problem_response(hashed.error());
  }
  wish->share.person = visitor.person;
  Question<accounts::NewShare> question =
      [tools = tools_of(services), actor = actor_of(visitor, request),
       share = std::move(wish->share)](catalog::Catalog& catalog) -> Result<accounts::NewShare> {
    // A removed camera shows nothing any more.
    if (auto camera = catalog.camera_by_id(share.camera); !camera) return camera.error();
    return accounts::add_share(catalog, tools, actor, share);
  };
  const auto made = co_await services.catalogs.ask(std::move(question));
  if (!made) co_return problem_response(made.error());
  JsonWriter json;
  json.object([&] {
    write_share_fields(json, services, made->filed);
    json.field("token", made->token);
  });
  co_return json_response(201, std::move(json).text());
}

Task<Response> delete_share(Services& services, Request& request, const Visitor& visitor) {
  const auto id = read_id<ShareId>(request.captures[0], "share");
  if (!id) co_return problem_response(id.error());
  Question<void> question = [tools = tools_of(services), actor = actor_of(visitor, request), visitor,
                             id = *id](catalog::Catalog& catalog) {
    return accounts::remove_share(catalog, tools, actor, visitor, id);
  };
  const auto removed = co_await services.catalogs.ask(std::move(question));
  co_return removed ? no_content() : problem_response(removed.error());
}

}  // namespace heliograph::http
