#include "server/catalog/catalog.hpp"
#include "server/catalog/db.hpp"
#include "server/catalog/image_sql.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace heliograph::catalog {
namespace {

// Behind everything there can be.
constexpr QuarantineKey end_of_time{Timestamp::max(), QuarantineId{std::numeric_limits<std::int64_t>::max()}};

FiledQuarantined read_filed(const Row& row) {
  Quarantined bytes{.id = row.id<QuarantineId>(0),
                    .camera = row.id<CameraId>(1),
                    .received_at = row.time(2),
                    .reason = std::string(row.text(3)),
                    .sender = {},
                    .sha256 = row.digest(6),
                    .size_bytes = row.integer(7),
                    .head = {},
                    .salvaged = {}};
  if (!row.is_null(4)) bytes.sender = SenderName{std::string(row.text(4)), row.integer(5)};
  const auto head = row.bytes(8);
  bytes.head.assign(head.begin(), head.end());
  if (!row.is_null(9)) bytes.salvaged = row.id<ImageId>(9);
  return {std::move(bytes), std::string(row.text(10))};
}

// False: the camera has the same bytes there already. A camera that sends its one broken frame again and
// again must not push out what it sent before.
Result<bool> insert(Db& db, const Quarantined& bytes) {
  std::optional<std::string_view> boot;
  std::optional<std::int64_t> sequence;
  if (bytes.sender) {
    boot = bytes.sender->boot;
    sequence = bytes.sender->sequence;
  }
  const auto inserted = db.execute(
      "INSERT INTO quarantine (id, camera_id, received_at, reason, boot, sequence, sha256, size_bytes, head, "
      "salvaged_id) "
      "SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 "
      "WHERE NOT EXISTS (SELECT 1 FROM quarantine WHERE camera_id = $2 AND sha256 = $7)",
      {bytes.id, bytes.camera, bytes.received_at, bytes.reason, boot, sequence, bytes.sha256,
       bytes.size_bytes, Value::Bytes(bytes.head), bytes.salvaged});
  if (!inserted) return inserted.error();
  return *inserted > 0;
}

}  // namespace

Result<std::vector<bool>> Catalog::add_refusals(std::span<const Refusal> refusals) {
  return in_transaction(*db_, [&]() -> Result<std::vector<bool>> {
    std::vector<bool> stays;
    for (const Refusal& refusal : refusals) {
      const bool accepted = refusal.kept && refusal.kept->salvaged;
      const auto counted =
          accepted ? Result<std::int64_t>(0)
                   : db_->execute(
                         "UPDATE camera SET refusals = refusals + 1, refused_at = $2, refusal = $3 "
                         "WHERE id = $1",
                         {refusal.camera, refusal.refused_at, refusal.reason});
      if (!counted) return counted.error();
      const auto inserted = refusal.kept ? insert(*db_, *refusal.kept) : Result<bool>(false);
      if (!inserted) return inserted.error();
      stays.push_back(*inserted);
    }
    return stays;
  });
}

Result<bool> Catalog::adopt_quarantined(const Quarantined& bytes) {
  return in_transaction(*db_, [&] { return insert(*db_, bytes); });
}

Result<FiledQuarantined> Catalog::quarantined(QuarantineId id) {
  auto found = first(*db_, sql::quarantined_by_id, {id}, read_filed);
  if (!found) return found.error();
  if (!*found) return Error{ErrorKind::not_found, "there is nothing in quarantine as " + to_string(id)};
  return std::move(**found);
}

Result<std::vector<FiledQuarantined>> Catalog::quarantine(CameraId camera, std::optional<QuarantineKey> after,
                                                          int limit) {
  const QuarantineKey end = after.value_or(end_of_time);
  return all(*db_, sql::quarantine_page, {camera, end.received_at, end.id, std::clamp(limit, 1, max_page)},
             read_filed);
}

Result<std::vector<FiledQuarantined>> Catalog::whole_quarantine() {
  return all(*db_, sql::whole_quarantine, {}, read_filed);
}

Result<void> Catalog::remove_quarantined(std::span<const QuarantineId> ids) {
  return in_transaction(*db_, [&]() -> Result<void> {
    for (const QuarantineId id : ids) {
      if (auto gone = db_->execute("DELETE FROM quarantine WHERE id = $1", {id}); !gone) return gone.error();
    }
    return {};
  });
}

}  // namespace heliograph::catalog
