#include "server/http/api/orders_json.hpp"

#include "protocol/upload.hpp"

#include <algorithm>

#include <boost/json.hpp>

namespace heliograph::http {
namespace {

// Pictures of one result that are looked for: the longest burst.
constexpr std::int64_t max_pictures = 20;
constexpr auto most_sequence = static_cast<std::int64_t>(protocol::max_sequence);

void write_raw(JsonWriter& json, std::string_view name, const std::optional<std::string>& text) {
  json.key(name);
  text ? json.raw(*text) : json.value(nullptr);
}

std::optional<std::int64_t> in_ms(std::optional<Timestamp> at) {
  return at ? std::optional(to_ms(*at)) : std::nullopt;
}

void write_setting(JsonWriter& json, const cameras::Setting& setting) {
  json.object([&] {
    json.field("key", setting.key);
    json.field("kind", to_string(setting.kind));
    if (setting.kind == cameras::Setting::Kind::number) {
      json.field("least", setting.least);
      json.field("most", setting.most);
      if (!setting.unit.empty()) json.field("unit", setting.unit);
    }
    if (setting.kind == cameras::Setting::Kind::word) {
      json.key("words").array([&] {
        for (const std::string& word : setting.words) json.value(word);
      });
    }
  });
}

}  // namespace

void write_orders(JsonWriter& json, const cameras::NextOrders& orders, Timestamp now) {
  const std::string text = orders_text(orders, now);
  if (!text.empty()) json.key("orders").raw(text);
}

std::string orders_text(const cameras::NextOrders& orders, Timestamp now) {
  if (!orders.settings && !orders.command) return {};
  JsonWriter json;
  json.object([&] {
    if (orders.settings) {
      json.key("settings").object([&] {
        json.field("version", orders.settings->version);
        json.key("values").raw(orders.settings->wanted);
      });
    }
    if (orders.command) {
      const catalog::Command& command = *orders.command;
      json.key("command").object([&] {
        json.field("id", command.id);
        json.field("name", command.name);
        json.key("arguments").raw(command.arguments);
        // A span and no time: many cameras do not know what time it is.
        const std::chrono::milliseconds left = command.expires_at - now;
        json.field("expires_in_ms", std::max<std::int64_t>(left.count(), 1));
      });
    }
  });
  return std::move(json).text();
}

void write_command(JsonWriter& json, const CommandSeen& seen) {
  const catalog::Command& command = seen.command;
  json.object([&] {
    json.field("id", command.id);
    json.field("camera_id", to_string(command.camera));
    json.field("name", command.name);
    json.key("arguments").raw(command.arguments);
    json.field("actor", command.actor);
    json.field("state", to_string(command.state));
    json.field("created_at", to_ms(command.created_at));
    json.field("expires_at", to_ms(command.expires_at));
    json.field("changed_at", to_ms(command.changed_at));
    json.field("reason", command.reason);
    write_raw(json, "result", command.result);
    json.key("images").array([&] {
      for (const ImageId image : seen.images) json.value(to_string(image));
    });
  });
}

std::vector<catalog::SenderName> pictures_in(std::string_view result) {
  boost::system::error_code failed;
  const boost::json::value value = boost::json::parse({result.data(), result.size()}, failed);
  const auto* object = failed ? nullptr : value.if_object();
  if (object == nullptr) return {};
  const auto number = [object](std::string_view name) -> std::optional<std::int64_t> {
    const auto* found = object->if_contains({name.data(), name.size()});
    const auto* integer = found != nullptr ? found->if_int64() : nullptr;
    return integer != nullptr ? std::optional(*integer) : std::nullopt;
  };
  const auto* boot = object->if_contains("boot");
  const auto first = number("sequence");
  if (boot == nullptr || !boot->is_string() || !first || *first < 0 || *first > most_sequence) return {};
  std::vector<catalog::SenderName> names;
  const std::int64_t count = std::clamp<std::int64_t>(number("count").value_or(1), 0, max_pictures);
  for (std::int64_t i = 0; i < count; ++i) names.push_back({std::string(boot->get_string()), *first + i});
  return names;
}

std::string settings_json(const catalog::CameraSettings& settings,
                          const std::vector<cameras::Setting>& schema) {
  const bool answered = settings.reported && settings.reported->version == settings.version;
  JsonWriter json;
  json.object([&] {
    json.field("version", settings.version);
    json.key("desired").raw(settings.wanted);
    json.field("actor", settings.actor);
    json.field("set_at", in_ms(settings.set_at));
    write_raw(json, "applied", settings.applied);
    json.field("pending", settings.version > 0 && !answered);
    json.key("reported");
    if (settings.reported) {
      json.object([&] {
        json.field("version", settings.reported->version);
        json.field("status", to_string(settings.reported->status));
        json.field("reason", settings.reported->reason);
        json.field("at", in_ms(settings.reported_at));
      });
    } else {
      json.value(nullptr);
    }
    json.key("schema").array([&] {
      for (const cameras::Setting& setting : schema) write_setting(json, setting);
    });
  });
  return std::move(json).text();
}

Change command_changed(const catalog::Command& command) {
  JsonWriter json;
  json.object([&] {
    json.field("id", command.id);
    json.field("camera_id", to_string(command.camera));
    json.field("state", to_string(command.state));
  });
  return {"command-changed", std::move(json).text(), command.camera};
}

Change settings_changed(CameraId camera) {
  JsonWriter json;
  json.object([&] { json.field("camera_id", to_string(camera)); });
  return {"settings-changed", std::move(json).text(), camera};
}

}  // namespace heliograph::http
