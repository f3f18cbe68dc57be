// For tests of verbs on a catalog: an empty one on SQLite, gone afterwards.
#pragma once

#include "server/catalog/catalog.hpp"
#include "tests/support/temporary_directory.hpp"

#include <optional>

#include <gtest/gtest.h>

namespace heliograph {

class OnACatalog : public testing::Test {
 protected:
  const TemporaryDirectory directory_;
  std::optional<catalog::Catalog> catalog_ =
      catalog::Catalog::open({(directory_.path() / "c.sqlite").string()}).value();
};

}  // namespace heliograph
