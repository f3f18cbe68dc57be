// What somebody threw away: the way in, the way back, and the way out for good.
#include "server/catalog/trash.hpp"

#include "server/http/api/accounts_api.hpp"
#include "server/http/api/gallery_query.hpp"
#include "server/http/api/image_json.hpp"
#include "server/http/api/json_body.hpp"
#include "server/http/api/selection.hpp"
#include "server/jobs/removing.hpp"
#include "server/jobs/retention.hpp"

#include <algorithm>

namespace heliograph::http {
namespace {

using accounts::Right;

std::string pictures_of(int count, const std::string& camera) {
  return std::to_string(count) + (count == 1 ? " picture of " : " pictures of ") + camera;
}

// One entry for each camera.
Result<void> note_cameras(catalog::Catalog& catalog, accounts::Tools tools, const accounts::Actor& actor,
                          std::string_view action, const std::map<CameraId, int>& cameras) {
  for (const auto& [id, count] : cameras) {
    const auto record = catalog.camera_record(id);  // pictures of a camera that was removed stay
    if (!record) return record.error();
    const std::string subject = pictures_of(count, record->camera.name);
    if (auto noted = accounts::note(catalog, tools, actor, action, subject); !noted) return noted;
  }
  return {};
}

using Verb = Result<std::vector<ImageId>> (*)(catalog::Catalog&, const std::vector<ImageId>&, Timestamp);

// How images are moved between the gallery and the trash.
struct Move {
  Place from;
  Verb verb;
  Left otherwise;
  std::string_view action;  // of the audit log
  const char* event;
};

constexpr Move into_trash{Place::gallery,
                          [](catalog::Catalog& catalog, const std::vector<ImageId>& ids, Timestamp now) {
                            return catalog::Trash(catalog).put(ids, now);
                          },
                          Left::starred, "images-trashed", "images-removed"};
constexpr Move out_of_trash{Place::trash,
                            [](catalog::Catalog& catalog, const std::vector<ImageId>& ids, Timestamp) {
                              return catalog::Trash(catalog).restore(ids);
                            },
                            Left::not_found, "images-restored", "images-restored"};

Task<Response> move_images(Services& services, Request& request, Visitor visitor, Move move) {
  static constexpr std::string_view members[] = {"images"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto wanted = read_images(*body, max_images_at_once);
  if (!wanted) co_return problem_response(wanted.error());
  Question<Outcome> question =
      [wanted = *wanted, visitor, move, now = services.clock.now(), tools = tools_of(services),
       actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<Outcome> {
    const auto selection = find_selection(catalog, wanted, visitor, move.from);
    if (!selection) return selection.error();
    auto done = move.verb(catalog, selection->ids(), now);
    if (!done) return done.error();
    Outcome outcome = outcome_of(*selection, std::move(*done), move.otherwise);
    if (auto noted = note_cameras(catalog, tools, actor, move.action, outcome.cameras); !noted)
      return noted.error();
    return outcome;
  };
  const auto outcome = co_await services.catalogs.change(std::move(question));
  if (!outcome) co_return problem_response(outcome.error());
  for (const auto& [camera, count] : outcome->cameras) {
    services.changes.publish(images_changed(move.event, camera));
  }
  co_return json_response(200, outcome_json(*outcome));
}

// The next page of the trash, and those of it that the visitor may do this with.
struct TrashPage {
  std::vector<catalog::FiledImage> images;
  std::optional<catalog::TrashKey> next;
};

TrashPage visible(std::vector<catalog::FiledImage> page, int limit, const Visitor& visitor, Right right) {
  TrashPage visible;
  if (page.size() == static_cast<std::size_t>(limit)) {
    visible.next = catalog::TrashKey{*page.back().image.trashed_at, page.back().image.id};
  }
  std::erase_if(page,
                [&](const catalog::FiledImage& filed) { return !visitor.may(right, filed.image.camera); });
  visible.images = std::move(page);
  return visible;
}

std::string page_json(const TrashPage& page, std::chrono::days life) {
  JsonWriter json;
  json.object([&] {
    json.field("keep_days", life.count());
    json.key("images").array([&] {
      for (const catalog::FiledImage& filed : page.images) {
        json.object([&] {
          json.key("image");
          write_image(json, filed.image);
          json.field("trashed_at", to_ms(*filed.image.trashed_at));
          json.field("goes_at", to_ms(*filed.image.trashed_at + life));
        });
      }
    });
    json.key("next");
    if (page.next) {
      json.value(cursor_text({page.next->trashed_at, page.next->id}));
    } else {
      json.value(nullptr);
    }
  });
  return std::move(json).text();
}

// What a round of emptying did, and where it goes on.
struct Emptied {
  std::int64_t removed = 0;
  std::int64_t left = 0;  // that came within the last hour
  std::map<CameraId, int> cameras;
  std::optional<catalog::TrashKey> next;
};

Result<Emptied> empty_some(catalog::Catalog& catalog, std::optional<catalog::TrashKey> after,
                           const Visitor& visitor, Timestamp now) {
  constexpr int limit = static_cast<int>(jobs::removal_chunk);
  auto page = catalog::Trash(catalog).oldest(after, limit);
  if (!page) return page.error();
  TrashPage mine = visible(std::move(*page), limit, visitor, Right::administer);
  Emptied emptied;
  emptied.next = mine.next;
  std::vector<ImageId> ids;
  for (const catalog::FiledImage& filed : mine.images) {
    if (filed.image.received_at > now - jobs::settling_time) {
      ++emptied.left;
      continue;
    }
    ids.push_back(filed.image.id);
    ++emptied.cameras[filed.image.camera];
  }
  const auto removed = catalog::Trash(catalog).remove(ids);
  if (!removed) return removed.error();
  emptied.removed = static_cast<std::int64_t>(removed->size());
  return emptied;
}

}  // namespace

Task<Response> list_trash(Services& services, Request& request, const Visitor& visitor) {
  const auto limit = read_limit(request);
  if (!limit) co_return problem_response(limit.error());
  std::optional<catalog::TrashKey> after;
  if (const auto text = request.query_value("cursor")) {
    const auto key = read_cursor(*text);
    if (!key)
      co_return problem_response(
          {ErrorKind::bad_request, "the query's `cursor` must be the `next` of another page"});
    after = catalog::TrashKey{key->captured_at, key->id};
  }
  Question<std::vector<catalog::FiledImage>> question = [after, limit = *limit](catalog::Catalog& catalog) {
    return catalog::Trash(catalog).page(after, limit);
  };
  auto page = co_await services.catalogs.ask(std::move(question));
  if (!page) co_return problem_response(page.error());
  co_return json_response(
      200, page_json(visible(std::move(*page), *limit, visitor, Right::operate), services.trash_life));
}

Task<Response> put_in_trash(Services& services, Request& request, const Visitor& visitor) {
  return move_images(services, request, visitor, into_trash);
}

Task<Response> restore_images(Services& services, Request& request, const Visitor& visitor) {
  return move_images(services, request, visitor, out_of_trash);
}

// Rows go here, some at a time, so that uploads find the database free; their files follow when retention's
// thread looks.
Task<Response> empty_trash(Services& services, Request& request, const Visitor& visitor) {
  Emptied total;
  do {
    Question<Emptied> question = [after = total.next, visitor,
                                  now = services.clock.now()](catalog::Catalog& catalog) {
      return empty_some(catalog, after, visitor, now);
    };
    const auto emptied = co_await services.catalogs.ask(std::move(question));
    if (!emptied) co_return problem_response(emptied.error());
    total.removed += emptied->removed;
    total.left += emptied->left;
    for (const auto& [camera, count] : emptied->cameras) total.cameras[camera] += count;
    total.next = emptied->next;
  } while (total.next);
  services.finish_removals_soon();
  Question<void> note = [tools = tools_of(services), actor = actor_of(visitor, request),
                         cameras = total.cameras](catalog::Catalog& catalog) {
    return note_cameras(catalog, tools, actor, "trash-emptied", cameras);
  };
  if (auto noted = co_await services.catalogs.ask(std::move(note)); !noted)
    co_return problem_response(noted.error());
  JsonWriter json;
  json.object([&] {
    json.field("removed", total.removed);
    json.field("left", total.left);
  });
  co_return json_response(200, std::move(json).text());
}

}  // namespace heliograph::http
