// Cameras that belong together.
#pragma once

#include "server/catalog/catalog.hpp"

#include <string>
#include <vector>

namespace heliograph::catalog {

struct Group {
  GroupId id;
  std::string name;  // unique
  Timestamp created_at;
  std::vector<CameraId> cameras;  // removed ones too: their pictures are still there

  friend bool operator==(const Group&, const Group&) = default;
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there.
class Groups {
 public:
  explicit Groups(Catalog& catalog) : db_(*catalog.db_) {}

  // Empty. conflict: the name is taken.
  Result<void> add(const Group& group);
  Result<std::vector<Group>> all();  // by name
  // not_found; conflict: the name is taken.
  Result<void> rename(GroupId id, const std::string& name);
  // Its cameras belong to none then, and what people could do with them by this group they cannot any more.
  // not_found.
  Result<void> remove(GroupId id);
  // A camera is in one group, or in none. not_found: one of the two.
  Result<void> move_camera(CameraId camera, std::optional<GroupId> group);

 private:
  Db& db_;
};

}  // namespace heliograph::catalog
