#include "server/cameras/alert_messages.hpp"

#include "server/base/utf8.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include <boost/json.hpp>

namespace heliograph::cameras {
namespace {

// Bytes of a name: what a phone's lock screen has room for beside what is said of it.
constexpr std::size_t max_name = 60;

// What is said of a kind. Of one camera, behind its name; of several, behind their number.
struct Words {
  std::string_view one, one_over;
  std::string_view many, many_over;
};

Words words_of(AlertKind kind) {
  switch (kind) {
    case AlertKind::doubted:
      return {"has a key that was seen in two places", "is trusted again",
              "have keys that were seen in two places", "are trusted again"};
    case AlertKind::silent:
      return {"fell silent", "is back", "fell silent", "are back"};
    case AlertKind::frozen:
      return {"sends the same picture", "sends new pictures again", "send the same picture",
              "send new pictures again"};
    case AlertKind::refused:
      return {"sent no good picture", "sends good pictures again", "sent no good pictures",
              "send good pictures again"};
    case AlertKind::battery:
      return {"has a low battery", "has a charged battery again", "have low batteries",
              "have charged batteries again"};
    case AlertKind::spool:
      return {"cannot send its pictures", "has sent its pictures", "cannot send their pictures",
              "have sent their pictures"};
    case AlertKind::clock:
      return {"has a wrong clock", "has the right time again", "have wrong clocks",
              "have the right time again"};
    case AlertKind::storage:
      return {"The disk is nearly full", "The disk has room again", "", ""};
    case AlertKind::certificate:
      break;
  }
  return {"The certificate ends soon", "The certificate was renewed", "", ""};
}

std::string page_of(const AlertNews& news) {
  if (news.camera) return "/?page=camera&camera=" + to_string(*news.camera);
  return news.kind == AlertKind::storage ? "/?page=storage" : "/?page=server";
}

AlertMessage about_one(const AlertNews& news) {
  const Words words = words_of(news.kind);
  const std::string name = news.camera ? printable(news.camera_name, max_name) + " " : "";
  return {.topic = (news.camera ? to_string(*news.camera) + "-" : "") + std::string(to_string(news.kind)),
          .title = name + std::string(news.over ? words.one_over : words.one),
          .body = news.over ? "" : news.detail,
          .kind = news.kind,
          .over = news.over,
          .camera = news.camera,
          .url = page_of(news),
          .at = news.at};
}

using Group = std::vector<const AlertNews*>;

std::string names_of(const Group& group) {
  std::string names;
  for (std::size_t i = 0; i < max_single_messages; ++i) {
    names += printable(group[i]->camera_name, max_name) + ", ";
  }
  return names + "and " + std::to_string(group.size() - max_single_messages) + " more.";
}

AlertMessage about_many(const Group& group) {
  const AlertNews& first = *group.front();
  const Words words = words_of(first.kind);
  const auto newest = std::ranges::max(group, {}, &AlertNews::at);
  return {.topic = "many-" + std::string(to_string(first.kind)),
          .title = std::to_string(group.size()) + " cameras " +
                   std::string(first.over ? words.many_over : words.many),
          .body = names_of(group),
          .kind = first.kind,
          .over = first.over,
          .camera = std::nullopt,
          .url = "/?page=fleet",
          .at = newest->at};
}

}  // namespace

std::vector<AlertMessage> messages_of(std::span<const AlertNews> news) {
  std::map<std::pair<AlertKind, bool>, Group> groups;
  for (const AlertNews& one : news) groups[{one.kind, one.over}].push_back(&one);
  std::vector<AlertMessage> messages;
  for (const auto& [what, group] : groups) {
    const bool fresh = std::ranges::any_of(group, &AlertNews::fresh);
    if (fresh && group.size() > max_single_messages) {
      messages.push_back(about_many(group));
      continue;
    }
    for (const AlertNews* one : group) {
      if (one->fresh) messages.push_back(about_one(*one));
    }
  }
  return messages;
}

AlertMessage trial_message(Timestamp now) {
  return {.topic = "trial",
          .title = "Heliograph can tell you",
          .body = "This is how it looks when a camera needs somebody.",
          .kind = AlertKind::silent,
          .over = false,
          .camera = std::nullopt,
          .url = "/?page=account",
          .at = now};
}

std::string to_json(const AlertMessage& message) {
  boost::json::object json{{"title", message.title},
                           {"body", message.body},
                           {"kind", to_string(message.kind)},
                           {"state", message.over ? "over" : "open"},
                           {"camera_id", nullptr},
                           {"url", message.url},
                           {"tag", message.topic},
                           {"at", to_ms(message.at)}};
  if (message.camera) json["camera_id"] = to_string(*message.camera);
  return boost::json::serialize(json);
}

}  // namespace heliograph::cameras
