// Live pictures that somebody keeps: stored like any that a camera uploads.
#pragma once

#include "server/accounts/accounts.hpp"
#include "server/http/api/routes.hpp"

#include <chrono>
#include <memory>

namespace heliograph::http {

// Stores the frame as a picture of its camera that has no name of its own: the same bytes again are a repeat.
// too_many: the camera may not have one more in hand; storage_full, unavailable, internal.
Task<Result<ingest::Receipt>> keep_frame(Services& services, catalog::Camera camera,
                                         std::shared_ptr<const live::Frame> frame);

// The camera, and a note in the audit log that somebody begins to keep one of its pictures after the other.
Task<Result<catalog::Camera>> begin_keeping(Services& services, accounts::Actor actor, CameraId camera,
                                            std::chrono::seconds interval);

}  // namespace heliograph::http
