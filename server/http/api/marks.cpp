// Stars, tags and notes.
#include "server/catalog/marks.hpp"

#include "server/http/api/accounts_api.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/json_body.hpp"
#include "server/http/api/selection.hpp"

namespace heliograph::http {
namespace {

// The tags of a member, normalised; none when it is missing.
Result<std::vector<std::string>> read_tags(const boost::json::object& body, std::string_view name) {
  const Error wrong{ErrorKind::bad_request, "`" + std::string(name) + "` must be a list of at most " +
                                                std::to_string(catalog::max_tags) + " tags"};
  const auto* list = body.if_contains({name.data(), name.size()});
  std::vector<std::string> tags;
  if (list == nullptr) return tags;
  if (!list->is_array() || list->get_array().size() > static_cast<std::size_t>(catalog::max_tags))
    return wrong;
  for (const boost::json::value& item : list->get_array()) {
    if (!item.is_string()) return wrong;
    auto tag = catalog::normal_tag(std::string_view(item.get_string()));
    if (!tag) return tag.error();
    tags.push_back(std::move(*tag));
  }
  return tags;
}

using Verb = std::function<Result<std::vector<ImageId>>(catalog::Marks, const std::vector<ImageId>&)>;

// `otherwise`: why the verb passes over an image that is there.
Task<Response> mark_images(Services& services, std::vector<ImageId> wanted, Visitor visitor, Left otherwise,
                           Verb verb) {
  Question<Outcome> question = [wanted = std::move(wanted), visitor, otherwise,
                                verb = std::move(verb)](catalog::Catalog& catalog) -> Result<Outcome> {
    const auto selection = find_selection(catalog, wanted, visitor, Place::gallery);
    if (!selection) return selection.error();
    auto done = verb(catalog::Marks(catalog), selection->ids());
    if (!done) return done.error();
    return outcome_of(*selection, std::move(*done), otherwise);
  };
  const auto outcome = co_await services.catalogs.change(std::move(question));
  if (!outcome) co_return problem_response(outcome.error());
  for (const auto& [camera, count] : outcome->cameras) {
    services.changes.publish(images_changed("images-marked", camera));
  }
  co_return json_response(200, outcome_json(*outcome));
}

}  // namespace

Task<Response> star_images(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"images", "starred"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  auto wanted = read_images(*body, max_images_at_once);
  if (!wanted) co_return problem_response(wanted.error());
  const auto starred = optional_bool_of(*body, "starred");
  if (!starred) co_return problem_response(starred.error());
  if (!*starred) co_return problem_response({ErrorKind::bad_request, "`starred` must be true or false"});
  co_return co_await mark_images(
      services, std::move(*wanted), visitor, Left::not_found,
      [starred = **starred](catalog::Marks marks, const std::vector<ImageId>& ids) {
        return marks.star(ids, starred);
      });
}

Task<Response> tag_images(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"images", "add", "remove"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  auto wanted = read_images(*body, max_images_at_once);
  if (!wanted) co_return problem_response(wanted.error());
  auto add = read_tags(*body, "add");
  if (!add) co_return problem_response(add.error());
  auto remove = read_tags(*body, "remove");
  if (!remove) co_return problem_response(remove.error());
  if (add->empty() && remove->empty()) {
    co_return problem_response({ErrorKind::bad_request, "say which tags to `add` or to `remove`"});
  }
  co_return co_await mark_images(
      services, std::move(*wanted), visitor, Left::full,
      [change = catalog::TagChange{std::move(*add), std::move(*remove)}](
          catalog::Marks marks, const std::vector<ImageId>& ids) { return marks.tag(ids, change); });
}

Task<Response> list_tags(Services& services, Request&, const Visitor& visitor) {
  Question<std::vector<catalog::TagCount>> question = [seen = visitor.seen()](catalog::Catalog& catalog) {
    return catalog::Marks(catalog).all_tags(seen);
  };
  const auto tags = co_await services.catalogs.ask(std::move(question));
  if (!tags) co_return problem_response(tags.error());
  JsonWriter json;
  json.object([&] {
    json.key("tags").array([&] {
      for (const catalog::TagCount& count : *tags) {
        json.object([&] {
          json.field("tag", count.tag);
          json.field("images", count.images);
        });
      }
    });
  });
  co_return json_response(200, std::move(json).text());
}

Task<Response> put_note(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"note"};
  const std::string id_text = request.captures[0];
  const Error missing{ErrorKind::not_found, "there is no image " + id_text};
  const auto id = parse_id<ImageId>(id_text);
  if (!id) co_return problem_response(missing);
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto text = text_of(*body, "note");
  if (!text) co_return problem_response(text.error());
  const auto note = catalog::normal_note(*text);
  if (!note) co_return problem_response(note.error());
  Question<CameraId> question = [id = *id, note = *note, visitor,
                                 missing](catalog::Catalog& catalog) -> Result<CameraId> {
    const auto filed = catalog.image(id);
    if (!filed) return filed.error();
    const CameraId camera = filed->image.camera;
    if (auto allowed = allow(visitor, accounts::Right::operate, camera, missing); !allowed)
      return allowed.error();
    if (auto set = catalog::Marks(catalog).set_note(id, note); !set) return set.error();
    return camera;
  };
  const auto camera = co_await services.catalogs.change(std::move(question));
  if (!camera) co_return problem_response(camera.error());
  services.changes.publish(images_changed("images-marked", *camera));
  JsonWriter json;
  json.object([&] {
    json.field("id", id_text);
    json.field("note", *note);
  });
  co_return json_response(200, std::move(json).text());
}

}  // namespace heliograph::http
