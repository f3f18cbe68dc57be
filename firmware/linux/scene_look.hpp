// How the drawn scene is set: a camera's settings as a look. Pure.
#pragma once

#include "firmware/core/platform/board.hpp"
#include "firmware/linux/scene/look.hpp"

#include <string_view>

namespace heliograph::firmware {

// The settings of a look, as JSON: what the scene says that it can be set to.
std::string_view look_settings();

// `look` is what they mean when there is no complaint. The scales are those of an Arducam Mega.
Complaint read_look(const ImageSettings& settings, scene::Look& look);

}  // namespace heliograph::firmware
