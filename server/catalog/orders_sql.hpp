// Whether there may be something to tell a camera, as a column: one look at two indexes.
#pragma once

namespace heliograph::catalog {

#define CAMERA_HAS_ORDERS                                                                \
  "CASE WHEN EXISTS (SELECT 1 FROM command WHERE camera_id = camera.id AND state IN "    \
  "('queued', 'delivered', 'accepted')) OR EXISTS (SELECT 1 FROM camera_settings WHERE " \
  "camera_id = camera.id AND (reported_version IS NULL OR reported_version <> version)) THEN 1 ELSE 0 END"

}  // namespace heliograph::catalog
