#include "server/catalog/catalog.hpp"
#include "server/catalog/db.hpp"
#include "server/catalog/looks.hpp"

#include <algorithm>
#include <string>

namespace heliograph::catalog {
namespace {

// Images whose jobs are written in one transaction: a tenth of a second, during which uploads wait on SQLite.
constexpr int queue_chunk = 10'000;

}  // namespace

Result<std::vector<Job>> Catalog::claim_jobs(Timestamp now, Timestamp lease_until, int limit) {
  // Chosen before anything is changed (MATERIALIZED): PostgreSQL may otherwise choose again for each row it
  // changes, and take more than the limit.
  const std::string sql =
      "WITH due AS MATERIALIZED (SELECT id FROM job WHERE claimable_at <= $1 "
      "ORDER BY claimable_at, id LIMIT $3" +
      std::string(db_->skip_locked()) +
      ") UPDATE job SET attempts = attempts + 1, claimable_at = $2 "
      "WHERE id IN (SELECT id FROM due) RETURNING id, kind, image_id, attempts";
  return in_transaction(*db_, [&] {
    auto jobs = all(*db_, sql, {now, lease_until, limit}, [](const Row& row) {
      return Job{row.id<JobId>(0), std::string(row.text(1)), row.id<ImageId>(2),
                 static_cast<int>(row.integer(3))};
    });
    if (jobs) std::ranges::sort(*jobs, {}, &Job::id);  // RETURNING promises no order
    return jobs;
  });
}

Result<void> Catalog::finish_jobs(std::span<const JobId> jobs, std::span<const Look> looks) {
  return in_transaction(*db_, [&]() -> Result<void> {
    for (const JobId job : jobs) {
      if (auto done = db_->execute("DELETE FROM job WHERE id = $1", {job}); !done) return done.error();
    }
    return note_looks(*db_, looks);
  });
}

Result<void> Catalog::fail_job(JobId job, std::string_view reason, std::optional<Timestamp> retry_at) {
  return in_transaction(*db_, [&]() -> Result<void> {
    const auto failed =
        db_->execute("UPDATE job SET claimable_at = $2, failure = $3 WHERE id = $1", {job, retry_at, reason});
    if (!failed) return failed.error();
    return {};
  });
}

Result<JobCounts> Catalog::count_jobs() {
  auto counts = first(*db_, "SELECT count(claimable_at), count(*) - count(claimable_at) FROM job", {},
                      [](const Row& row) { return JobCounts{row.integer(0), row.integer(1)}; });
  if (!counts) return counts.error();
  return counts->value_or(JobCounts{});
}

Result<std::int64_t> Catalog::queue_thumbnails() {
  std::int64_t queued = 0;
  for (ImageId last{0};;) {
    const auto chunk_end =
        first(*db_,
              "SELECT id FROM (SELECT id FROM image WHERE id > $1 ORDER BY id LIMIT $2) AS chunk "
              "ORDER BY id DESC LIMIT 1",
              {last, queue_chunk}, [](const Row& row) { return row.id<ImageId>(0); });
    if (!chunk_end) return chunk_end.error();
    if (!*chunk_end) return queued;
    const auto added = in_transaction(*db_, [&] {
      return db_->execute(
          "INSERT INTO job (kind, image_id) SELECT 'thumbnail', id FROM image WHERE id > $1 AND id <= $2 "
          "ON CONFLICT (image_id, kind) DO UPDATE SET claimable_at = 0, attempts = 0 WHERE job.claimable_at "
          "IS NULL",
          {last, **chunk_end});
    });
    if (!added) return added.error();
    queued += *added;
    last = **chunk_end;
  }
}

}  // namespace heliograph::catalog
