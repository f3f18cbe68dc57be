#include "server/accounts/visitor.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::accounts {
namespace {

using catalog::Role;

constexpr CameraId own{1};
constexpr CameraId other{2};

// "v", "o", "a": which rights they have; "-": none.
std::string rights(const auto& may) {
  std::string text;
  if (may(Right::view)) text += 'v';
  if (may(Right::operate)) text += 'o';
  if (may(Right::administer)) text += 'a';
  return text.empty() ? "-" : text;
}

struct Case {
  std::string what;
  std::optional<Role> everywhere;
  std::optional<Role> with_own;
  std::optional<catalog::Scopes> scopes;
  std::string on_all;
  std::string on_own;
  std::string on_other;
  std::string somewhere;
};

TEST(Visitor, MayWhatTheTableSays) {
  using enum Role;
  const catalog::Scopes read{.read = true};
  const catalog::Scopes control{.control = true};
  const catalog::Scopes both{.read = true, .control = true};
  const Case cases[] = {
      {"nothing granted", {}, {}, {}, "-", "-", "-", "-"},
      {"viewer of all", viewer, {}, {}, "v", "v", "v", "v"},
      {"operator of all", operator_role, {}, {}, "vo", "vo", "vo", "vo"},
      {"administrator of all", administrator, {}, {}, "voa", "voa", "voa", "voa"},
      {"viewer of a group", {}, viewer, {}, "-", "v", "-", "v"},
      {"operator of a group", {}, operator_role, {}, "-", "vo", "-", "vo"},
      {"administrator of a group", {}, administrator, {}, "-", "voa", "-", "voa"},
      {"viewer of all who operates a group", viewer, operator_role, {}, "v", "vo", "v", "vo"},
      {"administrator of all who views a group", administrator, viewer, {}, "voa", "voa", "voa", "voa"},
      {"administrator's token to read", administrator, {}, read, "v", "v", "v", "v"},
      {"administrator's token to control", administrator, {}, control, "o", "o", "o", "o"},
      {"administrator's token for both", administrator, {}, both, "vo", "vo", "vo", "vo"},
      {"viewer's token to control", viewer, {}, control, "-", "-", "-", "-"},
      {"group viewer's token for both", {}, viewer, both, "-", "v", "-", "v"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    Visitor visitor;
    visitor.everywhere = c.everywhere;
    if (c.with_own) visitor.cameras[own] = *c.with_own;
    visitor.scopes = c.scopes;
    EXPECT_EQ(rights([&](Right right) { return visitor.may(right); }), c.on_all);
    EXPECT_EQ(rights([&](Right right) { return visitor.may(right, own); }), c.on_own);
    EXPECT_EQ(rights([&](Right right) { return visitor.may(right, other); }), c.on_other);
    EXPECT_EQ(rights([&](Right right) { return visitor.may_somewhere(right); }), c.somewhere);
    std::vector<CameraId> seen;
    if (visitor.may(Right::view, own)) seen.push_back(own);
    EXPECT_EQ(visitor.seen(), visitor.may(Right::view) ? std::nullopt : std::optional(seen));
  }
}

TEST(Visitor, IsWhoTheSessionOrTokenSays) {
  const catalog::Visit visit{PersonId{5},
                             "owner",
                             {{catalog::every_camera, Role::viewer}, {GroupId{3}, Role::administrator}},
                             {{own, Role::administrator}}};
  catalog::SessionVisit session;
  session.session.id = SessionId{9};
  session.visit = visit;
  const Visitor by_session = visitor_of(session);
  EXPECT_EQ(by_session.name, "owner");
  EXPECT_EQ(by_session.person, PersonId{5});
  EXPECT_EQ(by_session.session, SessionId{9});
  EXPECT_EQ(by_session.everywhere, Role::viewer) << "a group's grant is no grant for all";
  EXPECT_TRUE(by_session.may(Right::administer, own));
  catalog::TokenVisit token;
  token.token.scopes.read = true;
  token.visit = visit;
  EXPECT_EQ(visitor_of(token).session, std::nullopt);
  EXPECT_FALSE(visitor_of(token).may(Right::administer, own));
}

TEST(Visitor, WhoIsNotHereMayWhatTheyWereGranted) {
  const CameraId farm{1};
  const Visitor visitor = visitor_of(catalog::Visit{
      PersonId{1}, "anna", {{GroupId{5}, catalog::Role::viewer}}, {{farm, catalog::Role::viewer}}});
  EXPECT_TRUE(visitor.may(Right::view, farm));
  EXPECT_FALSE(visitor.may(Right::view, CameraId{2}));
  EXPECT_EQ(visitor.session, std::nullopt);
}

TEST(Visitor, ToAServerWithoutALoginIsAnybody) {
  EXPECT_TRUE(anybody().may(Right::administer));
  EXPECT_EQ(anybody().person, std::nullopt);
}

}  // namespace
}  // namespace heliograph::accounts
