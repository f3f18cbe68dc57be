// The keys of cameras, and what each may be used for.
#pragma once

#include "server/catalog/catalog.hpp"

#include <optional>
#include <vector>

namespace heliograph::catalog {

// Whose a key is.
struct KeyHolder {
  Camera camera;
  KeyRules rules;
  bool has_orders = false;  // there may be something to tell it (orders.hpp)
  bool is_itself = true;    // false: somebody sends in its name, who carries out none
};

// A camera with the keys that it may sign with.
struct Signer {
  KeyHolder holder;
  std::vector<Sha256Digest> key_hashes;
};

struct KeyRulesChange {
  std::optional<bool> plain_http;
  std::optional<bool> may_roam;
  bool trust_again = false;  // it is not suspect any more
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there.
class CameraKeys {
 public:
  explicit CameraKeys(Catalog& catalog) : db_(*catalog.db_) {}

  // Makes the camera's key new, and the camera trusted. The old key works until then; none: it stops working
  // at once. One before it stops in any case. not_found.
  Result<void> set(CameraId camera, const Sha256Digest& key_hash,
                   std::optional<Timestamp> old_key_until = std::nullopt);
  // not_found: no camera has this key, or has it any more.
  Result<KeyHolder> holder(const Sha256Digest& key_hash, Timestamp now);
  // not_found, removed ones too.
  Result<Signer> signer(CameraId camera, Timestamp now);
  // not_found.
  Result<void> change_rules(CameraId camera, const KeyRulesChange& change);
  // Its key was seen in two places. Returns whether that was news. not_found.
  Result<bool> suspect(CameraId camera, Timestamp now);

 private:
  Db& db_;
};

}  // namespace heliograph::catalog
