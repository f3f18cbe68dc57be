#include "server/ingest/upload_rules.hpp"

namespace heliograph::ingest {

Room make_room(const UploadRules& rules, std::span<const std::int64_t> own, std::int64_t open_bytes,
               std::int64_t wanted_bytes) {
  Room room{true, 0};
  while (own.size() - room.evicted >= rules.open_per_camera || open_bytes + wanted_bytes > rules.open_bytes) {
    if (room.evicted == own.size()) return {};  // what is in the way is not this camera's
    open_bytes -= own[room.evicted++];
  }
  return room;
}

Verdict judge(const std::optional<catalog::Upload>& row, Timestamp now) {
  if (!row) return Verdict::remove_file;
  if (row->expires_at <= now) return Verdict::remove;
  return row->image ? Verdict::remove_file : Verdict::keep;
}

}  // namespace heliograph::ingest
