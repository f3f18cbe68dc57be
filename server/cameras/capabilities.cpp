#include "server/cameras/capabilities.hpp"

#include <algorithm>

#include <boost/json.hpp>

namespace heliograph::cameras {
namespace {

std::optional<std::vector<std::string>> list_of(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains({name.data(), name.size()});
  const auto* array = value != nullptr ? value->if_array() : nullptr;
  if (array == nullptr) return std::nullopt;
  std::vector<std::string> list;
  for (const auto& one : *array) {
    if (const auto* text = one.if_string()) list.emplace_back(text->data(), text->size());
  }
  return list;
}

}  // namespace

Capabilities read_capabilities(std::string_view json, std::string_view sensor) {
  Capabilities capabilities;
  capabilities.sensor = sensor;
  boost::system::error_code failed;
  const boost::json::value value = boost::json::parse({json.data(), json.size()}, failed);
  const auto* object = failed ? nullptr : value.if_object();
  if (object == nullptr) return capabilities;
  capabilities.commands = list_of(*object, "commands");
  capabilities.settings = list_of(*object, "settings");
  capabilities.resolutions = list_of(*object, "resolutions");
  return capabilities;
}

bool offers(const std::optional<std::vector<std::string>>& list, std::string_view name) {
  return !list || std::ranges::find(*list, name) != list->end();
}

}  // namespace heliograph::cameras
