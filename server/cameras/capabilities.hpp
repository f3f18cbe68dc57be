// What a camera says that it can do. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::cameras {

// Lists that it told; none: it did not say, and what it is asked for is for it to take or to refuse.
struct Capabilities {
  std::string sensor;  // "arducam-mega-5mp", "ov2640"; empty: unknown
  std::optional<std::vector<std::string>> commands;
  std::optional<std::vector<std::string>> settings;
  std::optional<std::vector<std::string>> resolutions;
};

// Of what the camera sent, which was kept as it came: members of another kind are passed over.
Capabilities read_capabilities(std::string_view json, std::string_view sensor);

bool offers(const std::optional<std::vector<std::string>>& list, std::string_view name);

}  // namespace heliograph::cameras
