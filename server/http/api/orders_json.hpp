// Orders in words: as a camera is told them, as people see them, and the news of them. Pure.
#pragma once

#include "server/cameras/orders.hpp"
#include "server/http/api/routes.hpp"
#include "server/http/json.hpp"

#include <string>
#include <vector>

namespace heliograph::http {

// The field `orders` of an answer to a camera; nothing when there is nothing to tell.
void write_orders(JsonWriter& json, const cameras::NextOrders& orders, Timestamp now);
// Its value alone; empty when there is nothing to tell. ASCII on one line: it stands in a header too.
std::string orders_text(const cameras::NextOrders& orders, Timestamp now);

// A command with the pictures that came of it, as far as they have arrived.
struct CommandSeen {
  catalog::Command command;
  std::vector<ImageId> images;
};
void write_command(JsonWriter& json, const CommandSeen& seen);

// The names of the pictures that a result tells of: boot, sequence and perhaps count. Empty: it tells of
// none.
std::vector<catalog::SenderName> pictures_in(std::string_view result);

std::string settings_json(const catalog::CameraSettings& settings,
                          const std::vector<cameras::Setting>& schema);

Change command_changed(const catalog::Command& command);
Change settings_changed(CameraId camera);

}  // namespace heliograph::http
