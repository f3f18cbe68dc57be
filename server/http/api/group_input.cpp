#include "server/http/api/group_input.hpp"

#include "server/http/api/accounts_api.hpp"

namespace heliograph::http {

Result<std::optional<GroupId>> read_group(const boost::json::object& body) {
  const auto text = optional_text_of(body, "group");
  if (!text) return text.error();
  if (!*text) return std::optional<GroupId>{};
  const auto group = read_id<GroupId>(**text, "group");
  if (!group) return group.error();
  return std::optional(*group);
}

Result<void> check_group(catalog::Catalog& catalog, std::optional<GroupId> group) {
  if (!group) return {};
  const auto groups = catalog::Groups(catalog).all();
  if (!groups) return groups.error();
  for (const catalog::Group& known : *groups) {
    if (known.id == *group) return {};
  }
  return Error{ErrorKind::not_found, "there is no group " + to_string(*group)};
}

Result<void> put_into(catalog::Catalog& catalog, CameraId camera, std::optional<GroupId> group) {
  return group ? catalog::Groups(catalog).move_camera(camera, group) : Result<void>{};
}

}  // namespace heliograph::http
