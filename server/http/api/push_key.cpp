#include "server/http/api/push_key.hpp"

#include "server/outbound/p256.hpp"

#include <utility>

namespace heliograph::http {

Result<catalog::PushKey> push_key(catalog::Catalog& catalog) {
  catalog::Push push(catalog);
  auto known = push.key();
  if (!known) return known.error();
  if (*known) return std::move(**known);
  const auto made = outbound::make_p256_key();
  if (!made) return made.error();
  return push.keep_key(
      {{made->secret.begin(), made->secret.end()}, {made->point.begin(), made->point.end()}});
}

}  // namespace heliograph::http
