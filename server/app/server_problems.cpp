#include "server/app/server_problems.hpp"

#include "server/app/certificate_keeper.hpp"
#include "server/app/units.hpp"

namespace heliograph::app {
namespace {

std::string room_left(const store::SpaceWatch::Look& disk) {
  return size_text(static_cast<std::int64_t>(disk.space.free_bytes)) + " of " +
         size_text(static_cast<std::int64_t>(disk.space.total_bytes)) + " are left." +
         (disk.takes_pictures ? "" : " No picture is taken any more.");
}

}  // namespace

std::vector<cameras::Wrong> wrong_with_server(const std::optional<store::SpaceWatch::Look>& disk,
                                              const std::optional<http::Certificate>& certificate,
                                              Timestamp now) {
  std::vector<cameras::Wrong> wrong;
  if (!disk) {
    wrong.push_back({std::nullopt, cameras::AlertKind::storage, "", /*certain=*/false});
  } else if (disk->level != store::SpaceLevel::plenty) {
    wrong.push_back({std::nullopt, cameras::AlertKind::storage, room_left(*disk)});
  }
  if (certificate && is_overdue(*certificate, now)) {
    wrong.push_back(
        {std::nullopt, cameras::AlertKind::certificate,
         "It ends on " + to_iso(certificate->ends).substr(0, 10) + ", and nobody has renewed it."});
  }
  return wrong;
}

}  // namespace heliograph::app
