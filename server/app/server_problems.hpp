// What is wrong with the server itself, as far as somebody is told of it. Pure.
#pragma once

#include "server/cameras/alerts.hpp"
#include "server/http/server.hpp"
#include "server/store/space.hpp"

#include <optional>
#include <vector>

namespace heliograph::app {

// `disk`: none, when the filesystem does not answer; then nobody knows, and nothing of it opens or ends.
std::vector<cameras::Wrong> wrong_with_server(const std::optional<store::SpaceWatch::Look>& disk,
                                              const std::optional<http::Certificate>& certificate,
                                              Timestamp now);

}  // namespace heliograph::app
