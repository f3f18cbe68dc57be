#include "server/accounts/identities.hpp"

#include "tests/support/catalog_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::accounts {
namespace {

class OutsideTest : public OnACatalog {
 protected:
  void SetUp() override { owner_ = add_first_person(*catalog_, tools_, here_, "owner", "hash").value(); }
  // Newest first, and what was refused with a "!".
  std::vector<std::string> audit() {
    std::vector<std::string> lines;
    for (const auto& entry : catalog::AuditLog(*catalog_).page(std::nullopt, 3).value()) {
      lines.push_back((entry.allowed ? "" : "!") + entry.actor + ' ' + entry.action + ' ' + entry.subject);
    }
    return lines;
  }

  ManualClock clock_{from_ms(1'800'000'000'000)};
  IdSource ids_{clock_};
  const Tools tools_{ids_, clock_};
  const Actor here_{"owner", "203.0.113.7"};
  const Outside outside_{"https://id.example", "24400320", "jo@farm.example"};
  catalog::Person owner_;
};

TEST_F(OutsideTest, MakesNobody) {
  EXPECT_EQ(person_of_outside(*catalog_, tools_, "203.0.113.9", outside_).error().kind, ErrorKind::not_found);
  EXPECT_EQ(catalog::People(*catalog_).all().value().size(), 1U);
  EXPECT_EQ(audit().front(), "!jo@farm.example sign-in jo@farm.example");
}

TEST_F(OutsideTest, IsWhoeverHasConnectedIt) {
  connect(*catalog_, tools_, here_, owner_.id, outside_).value();
  EXPECT_EQ(person_of_outside(*catalog_, tools_, "", outside_).value().id, owner_.id);
  Outside renamed = outside_;
  renamed.label = "another name";
  EXPECT_EQ(person_of_outside(*catalog_, tools_, "", renamed).value().id, owner_.id);
  Outside same_label = outside_;
  same_label.subject = "other";
  EXPECT_FALSE(person_of_outside(*catalog_, tools_, "", same_label)) << "a label is no proof";
  EXPECT_EQ(audit()[1], "owner identity-connected jo@farm.example");
}

TEST_F(OutsideTest, OfSomebodyElseIsRefusedAndNoted) {
  connect(*catalog_, tools_, here_, owner_.id, outside_).value();
  const auto guest = add_person(*catalog_, tools_, here_, "guest", "hash", {}).value();
  EXPECT_EQ(connect(*catalog_, tools_, {"guest", ""}, guest.id, outside_).error().kind, ErrorKind::conflict);
  EXPECT_EQ(audit().front(), "!guest identity-connected jo@farm.example");
}

TEST_F(OutsideTest, TakesUpAnInvitation) {
  const auto link = invite(*catalog_, tools_, here_, "guest", {}).value();
  const auto guest = take_up_invitation(*catalog_, tools_, "203.0.113.9", link.token, outside_).value();
  EXPECT_EQ(guest.name, "guest");
  EXPECT_TRUE(guest.has_come());
  EXPECT_EQ(audit().front(), "guest identity-connected jo@farm.example");
  const auto again = take_up_invitation(*catalog_, tools_, "203.0.113.9", link.token, outside_);
  EXPECT_EQ(again.error().kind, ErrorKind::not_found);
}

TEST_F(OutsideTest, IsDisconnectedByItsPersonUnlessItIsTheLastWayIn) {
  connect(*catalog_, tools_, here_, owner_.id, outside_).value();
  const auto link = invite(*catalog_, tools_, here_, "guest", {}).value();
  const Outside theirs{outside_.issuer, "guest", "guest"};
  const auto guest = take_up_invitation(*catalog_, tools_, "", link.token, theirs).value();
  catalog::Identities identities(*catalog_);
  const auto own = identities.of(owner_.id).value().front();
  const auto last = identities.of(guest.id).value().front();
  EXPECT_EQ(disconnect(*catalog_, tools_, here_, guest.id, last.id, outside_.issuer).error().kind,
            ErrorKind::conflict);
  disconnect(*catalog_, tools_, here_, owner_.id, own.id, outside_.issuer).value();
  EXPECT_EQ(audit().front(), "owner identity-disconnected jo@farm.example");
  EXPECT_FALSE(person_of_outside(*catalog_, tools_, "", outside_));
}

}  // namespace
}  // namespace heliograph::accounts
