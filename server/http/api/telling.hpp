// What every transport does with a camera's orders: takes what the camera says, and gets what it is to be
// told.
#pragma once

#include "server/cameras/orders.hpp"
#include "server/http/api/routes.hpp"

#include <memory>

namespace heliograph::http {

// Browsers hear what changed. Errors as of cameras::exchange.
Task<Result<cameras::NextOrders>> tell(Services& services, CameraId camera,
                                       std::unique_ptr<cameras::Spoken> spoken);

}  // namespace heliograph::http
