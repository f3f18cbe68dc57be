#include "server/catalog/identities.hpp"

#include "server/catalog/sign_ins.hpp"
#include "server/catalog/test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view farm = "https://id.farm.example";
constexpr std::string_view other = "https://other.example";

class IdentitiesTest : public OnEachEngine {
 protected:
  void SetUp() override {
    People people(catalog_);
    people.add({owner_, "owner", noon, true, false, {{every_camera, Role::administrator}}}, "hash").value();
    people.add({guest_, "guest", noon, false, false, {}}, std::nullopt).value();
  }

  Identity identity(std::int64_t id, PersonId person, std::string_view subject,
                    std::string_view issuer = farm) {
    return {IdentityId{id}, person, std::string(issuer), std::string(subject), "jo@farm.example", noon};
  }
  bool has_come(PersonId person) { return People(catalog_).by_id(person).value().has_come(); }
  ErrorKind by_link(std::string_view link, Timestamp now, const Identity& identity) {
    const auto added = identities_.add_by_link(hash_of(link), now, identity);
    EXPECT_FALSE(added);
    return added ? ErrorKind::internal : added.error().kind;
  }

  const PersonId owner_{1};
  const PersonId guest_{2};
  Catalog catalog_ = connect();
  Identities identities_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(IdentitiesTest);

TEST_P(IdentitiesTest, AnAccountLeadsToItsPersonAtItsIssuerOnly) {
  const Identity one = identity(1, owner_, "24400320");
  identities_.add(one).value();
  EXPECT_EQ(identities_.find(farm, "24400320").value(), one);
  EXPECT_EQ(identities_.find(other, "24400320").error().kind, ErrorKind::not_found);
  EXPECT_EQ(identities_.find(farm, "2440032").error().kind, ErrorKind::not_found);
  EXPECT_THAT(identities_.of(owner_).value(), ElementsAre(one));
  EXPECT_THAT(identities_.of(guest_).value(), IsEmpty());
}

TEST_P(IdentitiesTest, IsOnePersonsAndTheirOnlyOneAtItsIssuer) {
  identities_.add(identity(1, owner_, "a")).value();
  EXPECT_EQ(identities_.add(identity(2, guest_, "a")).error().kind, ErrorKind::conflict);
  EXPECT_EQ(identities_.add(identity(3, owner_, "b")).error().kind, ErrorKind::conflict);
  EXPECT_EQ(identities_.add(identity(4, PersonId{9}, "c")).error().kind, ErrorKind::not_found);
  identities_.add(identity(5, owner_, "a", other)).value();
  identities_.add(identity(6, guest_, "b")).value();
}

TEST_P(IdentitiesTest, TakesUpAnInvitationOnce) {
  SignIns(catalog_).set_link(guest_, hash_of("link"), noon + std::chrono::hours{1}).value();
  EXPECT_FALSE(has_come(guest_));
  EXPECT_EQ(by_link("other", noon, identity(1, {}, "a")), ErrorKind::not_found);
  EXPECT_EQ(by_link("link", noon + std::chrono::hours{1}, identity(1, {}, "a")), ErrorKind::not_found);
  EXPECT_EQ(identities_.add_by_link(hash_of("link"), noon, identity(1, {}, "a")).value(), guest_);
  EXPECT_EQ(identities_.find(farm, "a").value().person, guest_);
  EXPECT_TRUE(has_come(guest_));
  EXPECT_EQ(by_link("link", noon, identity(2, {}, "b")), ErrorKind::not_found);
  EXPECT_EQ(SignIns(catalog_).person_of_link(hash_of("link"), noon).error().kind, ErrorKind::not_found);
}

TEST_P(IdentitiesTest, LeavesTheInvitationOfWhoeverComesWithSomebodyElsesAccount) {
  identities_.add(identity(1, owner_, "a")).value();
  SignIns(catalog_).set_link(guest_, hash_of("link"), noon + std::chrono::hours{1}).value();
  EXPECT_EQ(by_link("link", noon, identity(2, {}, "a")), ErrorKind::conflict);
  EXPECT_EQ(identities_.add_by_link(hash_of("link"), noon, identity(3, {}, "b")).value(), guest_);
}

TEST_P(IdentitiesTest, DoesNotPassByThePasswordOfWhoeverHasOne) {
  SignIns(catalog_).set_link(owner_, hash_of("reset"), noon + std::chrono::hours{1}).value();
  EXPECT_EQ(by_link("reset", noon, identity(1, {}, "a")), ErrorKind::not_found);
  EXPECT_THAT(identities_.of(owner_).value(), IsEmpty());
}

TEST_P(IdentitiesTest, DoesNotJoinAnotherOneByALink) {
  identities_.add(identity(1, guest_, "a")).value();
  SignIns(catalog_).set_link(guest_, hash_of("reset"), noon + std::chrono::hours{1}).value();
  EXPECT_EQ(by_link("reset", noon, identity(2, {}, "b", other)), ErrorKind::not_found);
}

TEST_P(IdentitiesTest, TheLastWayInStays) {
  identities_.add(identity(1, guest_, "a")).value();
  identities_.add(identity(2, guest_, "a", other)).value();
  identities_.add(identity(3, owner_, "b")).value();
  EXPECT_EQ(identities_.remove(guest_, IdentityId{3}, farm).error().kind, ErrorKind::not_found)
      << "not theirs";
  EXPECT_EQ(identities_.remove(guest_, IdentityId{1}, farm).error().kind, ErrorKind::conflict)
      << "the other issuer is not asked any more";
  EXPECT_EQ(identities_.of(guest_).value().size(), 2U);
  identities_.remove(guest_, IdentityId{2}, farm).value();
  identities_.remove(owner_, IdentityId{3}, farm).value();
  EXPECT_THAT(identities_.of(owner_).value(), IsEmpty()) << "who has a password";
}

TEST_P(IdentitiesTest, GoesWithItsPerson) {
  identities_.add(identity(1, guest_, "a")).value();
  People(catalog_).remove(guest_).value();
  EXPECT_EQ(identities_.find(farm, "a").error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace heliograph::catalog
