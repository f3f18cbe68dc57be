#include "server/catalog/audit.hpp"

#include "server/catalog/test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using std::chrono::minutes;
using testing::ElementsAre;

class AuditTest : public OnEachEngine {
 protected:
  AuditEntry add(std::int64_t id, bool allowed = true) {
    const AuditEntry entry{AuditId{id}, noon + minutes(id), "owner", "203.0.113.7", "sign-in", "owner",
                           allowed};
    log_.add(entry).value();
    return entry;
  }

  Catalog catalog_ = connect();
  AuditLog log_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(AuditTest);

TEST_P(AuditTest, IsReadInPagesNewestFirst) {
  const AuditEntry first = add(1);
  const AuditEntry second = add(2, /*allowed=*/false);
  const AuditEntry third = add(3);
  EXPECT_THAT(log_.page(std::nullopt, 2).value(), ElementsAre(third, second));
  EXPECT_THAT(log_.page(AuditId{2}, 2).value(), ElementsAre(first));
}

TEST_P(AuditTest, OldEntriesGo) {
  add(1);
  const AuditEntry kept = add(2);
  EXPECT_EQ(log_.remove_before(kept.at).value(), 1);
  EXPECT_THAT(log_.page(std::nullopt, 10).value(), ElementsAre(kept));
}

}  // namespace
}  // namespace heliograph::catalog
