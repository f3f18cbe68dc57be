#include "server/catalog/db.hpp"

#include <algorithm>

namespace heliograph::catalog {

Sha256Digest Row::digest(int column) const {
  Sha256Digest digest{};
  const auto stored = bytes(column);
  std::copy_n(stored.begin(), std::min(stored.size(), digest.size()), digest.begin());
  return digest;
}

}  // namespace heliograph::catalog
