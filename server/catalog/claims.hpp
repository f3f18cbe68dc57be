// Cameras that nobody has added yet, and that wait for their owner.
#pragma once

#include "server/catalog/catalog.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace heliograph::catalog {

struct Claim {
  ClaimId id;
  std::string code;     // unique among those that wait
  std::string model;    // what the camera says it is
  std::string address;  // where it asked from
  Timestamp announced_at;
  Timestamp expires_at;

  friend bool operator==(const Claim&, const Claim&) = default;
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there.
class Claims {
 public:
  explicit Claims(Catalog& catalog) : db_(*catalog.db_) {}

  // conflict: the code or the key waits already.
  Result<void> add(const Claim& claim, const Sha256Digest& key_hash);
  // not_found. Of those that have not expired.
  Result<Claim> by_key(const Sha256Digest& key_hash, Timestamp now);
  // It has asked again. not_found.
  Result<void> extend(ClaimId id, Timestamp expires_at);
  // All that wait, in the order they came.
  Result<std::vector<Claim>> waiting(Timestamp now);
  // Makes it a camera with the key that it made for itself, in one transaction. not_found: no such code
  // waits; conflict, bad_request: as for a camera that is added.
  Result<void> accept(const std::string& code, const Camera& camera, Timestamp now);
  Result<void> remove_expired(Timestamp now);

 private:
  Db& db_;
};

}  // namespace heliograph::catalog
