#include "server/http/api/selection.hpp"

#include "server/http/json.hpp"

#include <algorithm>
#include <set>

#include <boost/json.hpp>

namespace heliograph::http {
namespace {

using accounts::Right;

// None: they may change it.
std::optional<Left> obstacle(const catalog::Image& image, const accounts::Visitor& visitor, Place place) {
  if (image.trashed_at.has_value() != (place == Place::trash)) return Left::not_found;
  if (visitor.may(Right::operate, image.camera)) return std::nullopt;
  // The trash is shown to those only who may take out of it.
  return place == Place::gallery && visitor.may(Right::view, image.camera) ? Left::forbidden
                                                                           : Left::not_found;
}

}  // namespace

std::string_view to_string(Left why) {
  switch (why) {
    case Left::not_found:
      return "not-found";
    case Left::forbidden:
      return "forbidden";
    case Left::starred:
      return "starred";
    case Left::full:
      break;
  }
  return "full";
}

Result<std::vector<ImageId>> read_images(const boost::json::object& body, std::size_t most) {
  const Error wrong{ErrorKind::bad_request,
                    "`images` must be a list of 1 to " + std::to_string(most) + " ids of images"};
  const auto* list = body.if_contains("images");
  if (list == nullptr || !list->is_array()) return wrong;
  const auto& items = list->get_array();
  if (items.empty() || items.size() > most) return wrong;
  std::vector<ImageId> images;
  std::set<ImageId> seen;
  for (const boost::json::value& item : items) {
    const auto id = item.is_string() ? parse_id<ImageId>(std::string_view(item.get_string())) : std::nullopt;
    if (!id) return wrong;
    if (seen.insert(*id).second) images.push_back(*id);
  }
  return images;
}

std::vector<ImageId> Selection::ids() const {
  std::vector<ImageId> ids;
  ids.reserve(chosen.size());
  for (const catalog::Image& image : chosen) ids.push_back(image.id);
  return ids;
}

Selection select_images(std::span<const ImageId> wanted, std::span<const catalog::Image> known,
                        const accounts::Visitor& visitor, Place place) {
  std::map<ImageId, const catalog::Image*> by_id;
  for (const catalog::Image& image : known) by_id[image.id] = &image;
  Selection selection;
  for (const ImageId id : wanted) {
    const auto found = by_id.find(id);
    const auto why =
        found == by_id.end() ? std::optional(Left::not_found) : obstacle(*found->second, visitor, place);
    if (why) {
      selection.left.emplace_back(id, *why);
    } else {
      selection.chosen.push_back(*found->second);
    }
  }
  return selection;
}

Result<Selection> find_selection(catalog::Catalog& catalog, std::span<const ImageId> wanted,
                                 const accounts::Visitor& visitor, Place place) {
  std::vector<catalog::Image> known;
  for (const ImageId id : wanted) {
    auto filed = catalog.stored_image(id);
    if (filed) known.push_back(std::move(filed->image));
    if (!filed && filed.error().kind != ErrorKind::not_found) return filed.error();
  }
  return select_images(wanted, known, visitor, place);
}

Outcome outcome_of(const Selection& selection, std::vector<ImageId> done, Left why) {
  Outcome outcome{std::move(done), selection.left, {}};
  const std::set<ImageId> were_done(outcome.done.begin(), outcome.done.end());
  for (const catalog::Image& image : selection.chosen) {
    if (were_done.contains(image.id)) {
      ++outcome.cameras[image.camera];
    } else {
      outcome.left.emplace_back(image.id, why);
    }
  }
  return outcome;
}

std::string outcome_json(const Outcome& outcome) {
  JsonWriter json;
  json.object([&] {
    json.key("done").array([&] {
      for (const ImageId id : outcome.done) json.value(to_string(id));
    });
    json.key("left").array([&] {
      for (const auto& [id, why] : outcome.left) {
        json.object([&] {
          json.field("id", to_string(id));
          json.field("why", to_string(why));
        });
      }
    });
  });
  return std::move(json).text();
}

}  // namespace heliograph::http
