#include "server/catalog/people.hpp"

#include "server/catalog/groups.hpp"
#include "server/catalog/sign_ins.hpp"
#include "server/catalog/test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;

const Grant administers_all{every_camera, Role::administrator};
const Grant sees_all{every_camera, Role::viewer};

class PeopleTest : public OnEachEngine {
 protected:
  Person add(std::int64_t id, const std::string& name, const std::vector<Grant>& grants,
             bool with_password = true) {
    Person person{PersonId{id}, name, noon, with_password, false, grants};
    people_.add(person, with_password ? std::optional<std::string>("hash of " + name) : std::nullopt).value();
    return person;
  }

  Catalog catalog_ = connect();
  People people_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(PeopleTest);

TEST_P(PeopleTest, AreFoundWithWhatTheyMayDo) {
  Groups(catalog_).add({GroupId{7}, "Orchards", noon, {}}).value();
  EXPECT_FALSE(people_.are_there_any().value());
  const Person guest = add(2, "guest", {{GroupId{7}, Role::operator_role}}, /*with_password=*/false);
  EXPECT_FALSE(people_.are_there_any().value()) << "nobody who can sign in";
  const Person owner = add(1, "owner", {administers_all, {GroupId{7}, Role::viewer}});
  EXPECT_TRUE(people_.are_there_any().value());
  EXPECT_THAT(people_.all().value(), ElementsAre(guest, owner));
  EXPECT_EQ(people_.by_name("owner").value(), owner);
  EXPECT_EQ(people_.by_id(PersonId{2}).value(), guest);
  EXPECT_EQ(people_.password_hash(PersonId{1}).value(), "hash of owner");
  EXPECT_EQ(people_.password_hash(PersonId{2}).value(), std::nullopt);
}

TEST_P(PeopleTest, ThatAreNotThereAreNotFound) {
  const PersonId nobody{99};
  EXPECT_EQ(people_.by_id(nobody).error().kind, ErrorKind::not_found);
  EXPECT_EQ(people_.by_name("nobody").error().kind, ErrorKind::not_found);
  EXPECT_EQ(people_.set_grants(nobody, {}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(people_.remove(nobody).error().kind, ErrorKind::not_found);
  EXPECT_EQ(people_.password_hash(nobody).error().kind, ErrorKind::not_found);
  EXPECT_EQ(people_.set_password(nobody, "x", {}).error().kind, ErrorKind::not_found);
}

TEST_P(PeopleTest, KeepTheirNamesToThemselves) {
  add(1, "owner", {administers_all});
  EXPECT_EQ(people_.add({PersonId{2}, "owner", noon, false, false, {}}, std::nullopt).error().kind,
            ErrorKind::conflict);
  EXPECT_EQ(people_.all().value().size(), 1U);
}

TEST_P(PeopleTest, AGroupThatIsNotThereGivesNothing) {
  const Grant nowhere{GroupId{5}, Role::viewer};
  EXPECT_EQ(people_.add({PersonId{2}, "guest", noon, false, false, {nowhere}}, std::nullopt).error().kind,
            ErrorKind::not_found);
  EXPECT_EQ(people_.by_name("guest").error().kind, ErrorKind::not_found) << "nothing was kept of it";
}

TEST_P(PeopleTest, TheLastAdministratorStays) {
  add(1, "owner", {administers_all});
  add(2, "invited", {administers_all}, /*with_password=*/false);
  EXPECT_EQ(people_.remove(PersonId{1}).error().kind, ErrorKind::conflict);
  EXPECT_EQ(people_.set_grants(PersonId{1}, std::vector{sees_all}).error().kind, ErrorKind::conflict);
  EXPECT_THAT(people_.by_id(PersonId{1}).value().grants, ElementsAre(administers_all)) << "as before";
  people_.set_password(PersonId{2}, "new", {}).value();
  people_.set_grants(PersonId{1}, std::vector{sees_all}).value();
  people_.remove(PersonId{1}).value();
  EXPECT_EQ(people_.all().value().size(), 1U);
}

TEST_P(PeopleTest, ANewPasswordEndsOtherSessionsAndLinks) {
  add(1, "owner", {administers_all});
  SignIns sign_ins(catalog_);
  for (const std::int64_t id : {1, 2, 3}) {
    sign_ins.add_session({SessionId{id}, PersonId{1}, noon, noon, "", ""}, hash_of(std::to_string(id)))
        .value();
  }
  sign_ins.set_link(PersonId{1}, hash_of("link"), noon).value();
  people_.set_password(PersonId{1}, "new", SessionId{2}).value();
  EXPECT_EQ(people_.password_hash(PersonId{1}).value(), "new");
  EXPECT_THAT(sign_ins.sessions(PersonId{1}).value(),
              ElementsAre(testing::Field(&Session::id, SessionId{2})));
  EXPECT_EQ(sign_ins.person_of_link(hash_of("link"), from_ms(0)).error().kind, ErrorKind::not_found);
  people_.rehash_password(PersonId{1}, "the same, harder").value();
  EXPECT_EQ(sign_ins.sessions(PersonId{1}).value().size(), 1U);
}

TEST_P(PeopleTest, TakeWhatIsTheirsWithThem) {
  add(1, "owner", {administers_all});
  add(2, "guest", {sees_all});
  SignIns sign_ins(catalog_);
  sign_ins.add_session({SessionId{1}, PersonId{2}, noon, noon, "", ""}, hash_of("session")).value();
  sign_ins.add_token({TokenId{1}, PersonId{2}, "script", {.read = true}, noon, {}, {}}, hash_of("token"))
      .value();
  sign_ins.set_link(PersonId{2}, hash_of("link"), noon).value();
  people_.remove(PersonId{2}).value();
  EXPECT_EQ(sign_ins.session_by_token(hash_of("session")).error().kind, ErrorKind::not_found);
  EXPECT_EQ(sign_ins.token_by_hash(hash_of("token")).error().kind, ErrorKind::not_found);
  EXPECT_EQ(sign_ins.person_of_link(hash_of("link"), from_ms(0)).error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace heliograph::catalog
