#include "server/catalog/sign_ins.hpp"

#include "server/catalog/groups.hpp"
#include "server/catalog/test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::Field;
using testing::Pair;

class SignInsTest : public OnEachEngine {
 protected:
  void SetUp() override {
    People people(catalog_);
    people.add({owner_, "owner", noon, true, false, {{every_camera, Role::administrator}}}, "hash").value();
    people.add({guest_, "guest", noon, true, false, {}}, "hash").value();
  }

  Session session(std::int64_t id, PersonId person, Timestamp used_at = noon) {
    const Session session{SessionId{id}, person, noon, used_at, "203.0.113.7", "Browser"};
    sign_ins_.add_session(session, hash_of("session " + std::to_string(id))).value();
    return session;
  }

  const PersonId owner_{1};
  const PersonId guest_{2};
  Catalog catalog_ = connect();
  SignIns sign_ins_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(SignInsTest);

TEST_P(SignInsTest, ASessionLeadsToItsPersonAndTheirRights) {
  add_cameras(catalog_);
  Groups groups(catalog_);
  groups.add({GroupId{7}, "Farm", noon, {}}).value();
  groups.move_camera(orchard.id, GroupId{7}).value();
  const Grant grant{GroupId{7}, Role::operator_role};
  People(catalog_).set_grants(guest_, std::span(&grant, 1)).value();
  const Session made = session(1, guest_);
  const auto visit = sign_ins_.session_by_token(hash_of("session 1")).value();
  EXPECT_EQ(visit.session, made);
  EXPECT_EQ(visit.visit.person, guest_);
  EXPECT_EQ(visit.visit.name, "guest");
  EXPECT_THAT(visit.visit.grants, ElementsAre(grant));
  EXPECT_THAT(visit.visit.cameras, ElementsAre(Pair(orchard.id, Role::operator_role)));
}

TEST_P(SignInsTest, SessionsAreListedTouchedAndEnded) {
  session(1, owner_, noon);
  session(2, owner_, noon + hours(1));
  session(3, guest_);
  EXPECT_EQ(sign_ins_.remove_session(owner_, SessionId{3}).error().kind, ErrorKind::not_found) << "another's";
  sign_ins_.touch_session(SessionId{1}, noon + hours(2)).value();
  EXPECT_THAT(sign_ins_.sessions(owner_).value(),
              ElementsAre(Field(&Session::id, SessionId{1}), Field(&Session::id, SessionId{2})));
  sign_ins_.remove_session(owner_, SessionId{1}).value();
  EXPECT_EQ(sign_ins_.session_by_token(hash_of("session 1")).error().kind, ErrorKind::not_found);
  session(4, owner_);
  sign_ins_.remove_sessions(owner_, SessionId{4}).value();
  EXPECT_THAT(sign_ins_.sessions(owner_).value(), ElementsAre(Field(&Session::id, SessionId{4})));
  EXPECT_EQ(sign_ins_.sessions(guest_).value().size(), 1U);
}

TEST_P(SignInsTest, OldSessionsGo) {
  session(1, owner_, noon + hours(5));
  session(2, owner_, noon);
  sign_ins_.remove_sessions_before(noon + hours(1), noon - hours(1)).value();
  EXPECT_THAT(sign_ins_.sessions(owner_).value(), ElementsAre(Field(&Session::id, SessionId{1})));
  sign_ins_.remove_sessions_before(noon, noon + hours(1)).value();
  EXPECT_TRUE(sign_ins_.sessions(owner_).value().empty()) << "begun too long ago";
}

TEST_P(SignInsTest, ATokenLeadsToItsPersonAndItsScopes) {
  const ApiToken token{TokenId{1}, owner_,          "backup", {.read = true, .control = true},
                       noon,       noon + hours(1), {}};
  sign_ins_.add_token(token, hash_of("token")).value();
  const auto visit = sign_ins_.token_by_hash(hash_of("token")).value();
  EXPECT_EQ(visit.token, token);
  EXPECT_EQ(visit.visit.name, "owner");
  sign_ins_.touch_token(TokenId{1}, noon + hours(1)).value();
  EXPECT_EQ(sign_ins_.tokens(owner_).value()[0].used_at, noon + hours(1));
  EXPECT_EQ(sign_ins_.remove_token(guest_, TokenId{1}).error().kind, ErrorKind::not_found) << "another's";
  sign_ins_.remove_token(owner_, TokenId{1}).value();
  EXPECT_EQ(sign_ins_.token_by_hash(hash_of("token")).error().kind, ErrorKind::not_found);
}

TEST_P(SignInsTest, ALinkWorksUntilItsEndOrTheNextOne) {
  sign_ins_.set_link(guest_, hash_of("first"), noon + hours(1)).value();
  EXPECT_EQ(sign_ins_.person_of_link(hash_of("first"), noon).value(), guest_);
  EXPECT_EQ(sign_ins_.person_of_link(hash_of("first"), noon + hours(1)).error().kind, ErrorKind::not_found);
  sign_ins_.set_link(guest_, hash_of("second"), noon + hours(1)).value();
  EXPECT_EQ(sign_ins_.person_of_link(hash_of("first"), noon).error().kind, ErrorKind::not_found);
  EXPECT_EQ(sign_ins_.person_of_link(hash_of("second"), noon).value(), guest_);
  EXPECT_EQ(sign_ins_.set_link(PersonId{9}, hash_of("x"), noon).error().kind, ErrorKind::not_found);
}

TEST_P(SignInsTest, ACodeIsTakenOnce) {
  EXPECT_EQ(sign_ins_.second_factor(guest_).value(), std::nullopt);
  const SecondFactor factor{std::vector<std::uint8_t>(20, 7), true, 100};
  sign_ins_.set_second_factor(guest_, factor).value();
  EXPECT_EQ(sign_ins_.second_factor(guest_).value(), factor);
  EXPECT_TRUE(People(catalog_).by_id(guest_).value().has_second_factor);
  EXPECT_FALSE(sign_ins_.take_step(guest_, 100).value());
  EXPECT_TRUE(sign_ins_.take_step(guest_, 102).value());
  EXPECT_FALSE(sign_ins_.take_step(guest_, 101).value()) << "older than one that was taken";
  EXPECT_EQ(sign_ins_.second_factor(PersonId{9}).error().kind, ErrorKind::not_found);
}

TEST_P(SignInsTest, ARecoveryCodeIsTakenOnce) {
  sign_ins_.set_second_factor(guest_, SecondFactor{std::vector<std::uint8_t>(20, 7), true, 0}).value();
  const std::vector codes{hash_of("a"), hash_of("b")};
  sign_ins_.set_recovery_codes(guest_, codes).value();
  EXPECT_FALSE(sign_ins_.take_recovery_code(owner_, hash_of("a")).value()) << "another's";
  EXPECT_TRUE(sign_ins_.take_recovery_code(guest_, hash_of("a")).value());
  EXPECT_FALSE(sign_ins_.take_recovery_code(guest_, hash_of("a")).value());
  EXPECT_EQ(sign_ins_.recovery_codes_left(guest_).value(), 1);
  sign_ins_.set_second_factor(guest_, std::nullopt).value();
  EXPECT_EQ(sign_ins_.recovery_codes_left(guest_).value(), 0);
}

}  // namespace
}  // namespace heliograph::catalog
