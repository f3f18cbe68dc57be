#include "server/accounts/accounts.hpp"

#include "server/accounts/password.hpp"
#include "tests/support/catalog_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::accounts {
namespace {

using std::chrono::days;
using testing::ElementsAre;

class AccountsTest : public OnACatalog {
 protected:
  catalog::Person owner() { return add_first_person(*catalog_, tools_, here_, "Owner", "hash").value(); }
  NewSession sign_in(PersonId person) {
    return begin_session(*catalog_, tools_, person, "203.0.113.7", "Browser").value();
  }
  ErrorKind refusal(std::string_view session) {
    return visitor_by_session(*catalog_, clock_, session).error().kind;
  }
  std::vector<std::string> audit() {
    std::vector<std::string> lines;
    for (const auto& entry : catalog::AuditLog(*catalog_).page(std::nullopt, 100).value()) {
      lines.push_back(entry.actor + ' ' + entry.action + ' ' + entry.subject);
    }
    return lines;
  }

  ManualClock clock_{from_ms(1'800'000'000'000)};
  IdSource ids_{clock_};
  const Tools tools_{ids_, clock_};
  const Actor here_{"somebody at the machine", ""};
};

TEST_F(AccountsTest, TheFirstPersonAdministersEverythingAndIsTheOnlyFirst) {
  const auto person = owner();
  EXPECT_EQ(person.name, "owner") << "letters are kept small";
  EXPECT_THAT(person.grants,
              ElementsAre(catalog::Grant{catalog::every_camera, catalog::Role::administrator}));
  EXPECT_EQ(add_first_person(*catalog_, tools_, here_, "second", "hash").error().kind, ErrorKind::conflict);
  EXPECT_THAT(audit(), ElementsAre("somebody at the machine person-added owner"));
}

TEST_F(AccountsTest, NamesToSignInWith) {
  EXPECT_EQ(sign_in_name("Jo@Farm.example").value(), "jo@farm.example");
  EXPECT_EQ(sign_in_name("Ägidius").value(), "Ägidius");
  for (const std::string& bad :
       {std::string(), std::string("a b"), std::string("a\n"), std::string(65, 'a')}) {
    EXPECT_EQ(sign_in_name(bad).error().kind, ErrorKind::bad_request) << bad;
  }
}

TEST_F(AccountsTest, ASessionIsItsPerson) {
  const auto person = owner();
  const auto begun = sign_in(person.id);
  const auto visitor = visitor_by_session(*catalog_, clock_, begun.token).value();
  EXPECT_EQ(visitor.person, person.id);
  EXPECT_EQ(visitor.session, begun.session.id);
  EXPECT_TRUE(visitor.may(Right::administer));
  for (const std::string& wrong : {std::string(), begun.token + "x", make_token(token_prefix::session)}) {
    EXPECT_EQ(refusal(wrong), ErrorKind::unauthorized);
  }
}

TEST_F(AccountsTest, ASessionEndsUnusedAndInAnyCaseSomeDay) {
  const auto person = owner();
  const auto idle = sign_in(person.id);
  clock_.advance(session_idle_time - days{1});
  EXPECT_TRUE(visitor_by_session(*catalog_, clock_, idle.token)) << "this was a use";
  clock_.advance(session_idle_time - days{1});
  EXPECT_TRUE(visitor_by_session(*catalog_, clock_, idle.token));
  clock_.advance(session_idle_time + std::chrono::minutes{10});
  EXPECT_EQ(refusal(idle.token), ErrorKind::unauthorized);

  const auto busy = sign_in(person.id);
  for (days used{0}; used < session_life; used += days{5}) {
    EXPECT_TRUE(visitor_by_session(*catalog_, clock_, busy.token));
    clock_.advance(days{5});
  }
  clock_.advance(days{1});
  EXPECT_EQ(refusal(busy.token), ErrorKind::unauthorized);
  sweep(*catalog_, clock_).value();
  EXPECT_TRUE(catalog::SignIns(*catalog_).sessions(person.id).value().empty());
}

TEST_F(AccountsTest, TheOldestSessionsMakeRoom) {
  const auto person = owner();
  const auto first = sign_in(person.id);
  for (std::size_t i = 0; i < max_sessions; ++i) {
    clock_.advance(std::chrono::seconds{1});
    sign_in(person.id);
  }
  EXPECT_EQ(catalog::SignIns(*catalog_).sessions(person.id).value().size(), max_sessions);
  EXPECT_EQ(refusal(first.token), ErrorKind::unauthorized);
}

TEST_F(AccountsTest, ABrowsersNameMayBeAnything) {
  const auto begun =
      begin_session(*catalog_, tools_, owner().id, "203.0.113.7", "\xFF\n" + std::string(1000, 'x')).value();
  EXPECT_EQ(begun.session.agent.size(), 200U);
  EXPECT_TRUE(begun.session.agent.starts_with("\xEF\xBF\xBD x"));
}

TEST_F(AccountsTest, AnInvitationSetsAPasswordOnce) {
  owner();
  const catalog::Grant grant{catalog::every_camera, catalog::Role::viewer};
  const auto link = invite(*catalog_, tools_, {"owner", ""}, "Guest", std::span(&grant, 1)).value();
  EXPECT_TRUE(token_well_formed(token_prefix::link, link.token));
  EXPECT_FALSE(find_candidate(*catalog_, "guest").value().person) << "has no password yet";
  EXPECT_EQ(person_of_link(*catalog_, tools_, link.token).value().name, "guest");
  const auto person =
      set_password_by_link(*catalog_, tools_, {"", "203.0.113.7"}, link.token, "hash").value();
  EXPECT_EQ(find_candidate(*catalog_, "GUEST").value().person->id, person.id);
  EXPECT_EQ(set_password_by_link(*catalog_, tools_, here_, link.token, "other").error().kind,
            ErrorKind::not_found);
  EXPECT_THAT(audit(), ElementsAre("guest password-set guest", "owner person-invited guest",
                                   "somebody at the machine person-added owner"));
}

TEST_F(AccountsTest, ALinkGrowsOldAndEndsSessionsWhenItIsUsed) {
  const auto person = owner();
  const auto session = sign_in(person.id);
  const auto old = reset_password(*catalog_, tools_, here_, person.id).value();
  clock_.advance(link_life);
  EXPECT_EQ(person_of_link(*catalog_, tools_, old.token).error().kind, ErrorKind::not_found);
  const auto fresh = reset_password(*catalog_, tools_, here_, person.id).value();
  EXPECT_TRUE(visitor_by_session(*catalog_, clock_, session.token)) << "asking for one changes nothing";
  set_password_by_link(*catalog_, tools_, here_, fresh.token, "new hash").value();
  EXPECT_EQ(refusal(session.token), ErrorKind::unauthorized);
}

TEST_F(AccountsTest, SomebodyUnknownIsLookedAtAsLong) {
  owner();
  EXPECT_EQ(find_candidate(*catalog_, "owner").value().password_hash, "hash");
  for (const char* unknown : {"nobody", "", "a b"}) {
    const auto candidate = find_candidate(*catalog_, unknown).value();
    EXPECT_FALSE(candidate.person);
    EXPECT_EQ(candidate.password_hash, nobodys_hash());
  }
}

TEST_F(AccountsTest, ATokenActsForItsPersonWithinItsScopesUntilItsEnd) {
  const auto person = owner();
  const Actor actor{"owner", ""};
  const auto made =
      add_token(*catalog_, tools_, actor, person.id, "backup", {.read = true}, clock_.now() + days{1})
          .value();
  const auto visitor = visitor_by_token(*catalog_, clock_, made.secret).value();
  EXPECT_TRUE(visitor.may(Right::view));
  EXPECT_FALSE(visitor.may(Right::operate));
  EXPECT_TRUE(catalog::SignIns(*catalog_).tokens(person.id).value()[0].used_at);
  EXPECT_EQ(visitor_by_token(*catalog_, clock_, made.secret + "x").error().kind, ErrorKind::unauthorized);
  clock_.advance(days{1});
  EXPECT_EQ(visitor_by_token(*catalog_, clock_, made.secret).error().kind, ErrorKind::unauthorized);
  const auto bad = [&](std::string_view name, catalog::Scopes scopes, Timestamp end) {
    return add_token(*catalog_, tools_, actor, person.id, name, scopes, end).error().kind;
  };
  const Timestamp later = clock_.now() + days{1};
  EXPECT_EQ(bad("", {.read = true}, later), ErrorKind::bad_request);
  EXPECT_EQ(bad("x", {}, later), ErrorKind::bad_request);
  EXPECT_EQ(bad("x", {.read = true}, clock_.now()), ErrorKind::bad_request);
  for (std::size_t i = 1; i < max_tokens; ++i) {
    add_token(*catalog_, tools_, actor, person.id, "x", {.read = true}, std::nullopt).value();
  }
  EXPECT_EQ(bad("x", {.read = true}, later), ErrorKind::conflict);
}

TEST_F(AccountsTest, WhatIsNotedMayComeFromAStranger) {
  note(*catalog_, tools_, {"\xC3(", "203.0.113.7"}, "sign-in", std::string(300, 'x'), false).value();
  const auto entry = catalog::AuditLog(*catalog_).page(std::nullopt, 1).value()[0];
  EXPECT_EQ(entry.actor, "\xEF\xBF\xBD(");
  EXPECT_EQ(entry.subject.size(), 255U);
  EXPECT_FALSE(entry.allowed);
  clock_.advance(audit_life + days{1});
  sweep(*catalog_, clock_).value();
  EXPECT_TRUE(audit().empty());
}

}  // namespace
}  // namespace heliograph::accounts
