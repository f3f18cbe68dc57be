// jobs: work that follows an image. A job is a row that was written in the image's own transaction, so none
// is lost; what wakes the runner is only a hint.
//
// Owns the loop that claims, does and finishes jobs, and what each kind does. Jobs may run twice and must not
// mind. Also retention: what goes when (decided from values), and removing it; and the forecast of a full
// disk. What must not be in it: HTTP, deciding when an image is stored.
#pragma once

#include "server/jobs/forecast.hpp"
#include "server/jobs/retention.hpp"
#include "server/jobs/retention_runner.hpp"
#include "server/jobs/retention_work.hpp"
#include "server/jobs/runner.hpp"
#include "server/jobs/storage_report.hpp"
#include "server/jobs/thumbnail_job.hpp"
