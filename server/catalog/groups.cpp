#include "server/catalog/groups.hpp"

#include "server/catalog/db.hpp"

namespace heliograph::catalog {
namespace {

Error no_group(GroupId id) {
  return {ErrorKind::not_found, "there is no group " + to_string(id)};
}

Error name_taken(const std::string& name) {
  return {ErrorKind::conflict, "there is a group called " + name + " already"};
}

}  // namespace

Result<void> Groups::add(const Group& group) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto added = db_.execute("INSERT INTO camera_group (id, name, created_at) VALUES ($1, $2, $3)",
                                   {group.id, group.name, group.created_at});
    if (added) return {};
    if (added.error().kind == ErrorKind::conflict) return name_taken(group.name);
    return added.error();
  });
}

Result<std::vector<Group>> Groups::all() {
  std::vector<Group> groups;
  auto done = db_.query(
      "SELECT camera_group.id, camera_group.name, camera_group.created_at, camera.id FROM camera_group "
      "LEFT JOIN camera ON camera.group_id = camera_group.id ORDER BY camera_group.name, camera.id",
      {}, [&groups](const Row& row) {
        const auto id = row.id<GroupId>(0);
        if (groups.empty() || groups.back().id != id) {
          groups.push_back({id, std::string(row.text(1)), row.time(2), {}});
        }
        if (!row.is_null(3)) groups.back().cameras.push_back(row.id<CameraId>(3));
      });
  if (!done) return done.error();
  return groups;
}

Result<void> Groups::rename(GroupId id, const std::string& name) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto renamed = db_.execute("UPDATE camera_group SET name = $2 WHERE id = $1", {id, name});
    if (!renamed && renamed.error().kind == ErrorKind::conflict) return name_taken(name);
    if (!renamed) return renamed.error();
    if (*renamed == 0) return no_group(id);
    return {};
  });
}

Result<void> Groups::remove(GroupId id) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto grants = db_.execute("DELETE FROM person_grant WHERE group_id = $1", {id});
    if (!grants) return grants.error();
    const auto removed = db_.execute("DELETE FROM camera_group WHERE id = $1", {id});
    if (!removed) return removed.error();
    if (*removed == 0) return no_group(id);
    return {};
  });
}

Result<void> Groups::move_camera(CameraId camera, std::optional<GroupId> group) {
  return in_transaction(db_, [&]() -> Result<void> {
    if (group) {
      const auto known = first(db_, "SELECT 1 FROM camera_group WHERE id = $1", {*group},
                               [](const Row& row) { return row.integer(0); });
      if (!known) return known.error();
      if (!*known) return no_group(*group);
    }
    const auto moved = db_.execute("UPDATE camera SET group_id = $2 WHERE id = $1", {camera, group});
    if (!moved) return moved.error();
    if (*moved == 0) return Error{ErrorKind::not_found, "there is no camera " + to_string(camera)};
    return {};
  });
}

}  // namespace heliograph::catalog
