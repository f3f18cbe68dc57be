// Do rows and files of refused bytes fit together (docs/storage.md, I8)? Used by recovery, fsck and rebuild.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/store/store.hpp"

#include <functional>
#include <optional>
#include <string>

namespace heliograph::ingest {

struct QuarantineFinding {
  std::string what;
  bool repaired = false;
  bool stray = false;  // not one of our names: nobody's to touch
};

struct QuarantineCheck {
  // Rows without exactly their file go; whole files without a row get one, with the reason that their bytes
  // give again; empty files and second copies go. Needs the store's lock.
  bool repair = false;
  // A running server's newest files have no row yet: those written after this are passed over.
  std::optional<Timestamp> settled_before{};
  // Files of rows received before this are looked at by their size alone.
  Timestamp hash_since;
  // Whose folder it is. not_found: its files are left alone.
  std::function<Result<catalog::Camera>(const std::string& folder)> camera_of;
};

Result<void> check_quarantine(store::ImageStore& store, catalog::Catalog& catalog, const QuarantineCheck& how,
                              const std::function<void(QuarantineFinding)>& on_finding);

}  // namespace heliograph::ingest
