#include "server/accounts/sharing.hpp"

#include "tests/support/catalog_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::accounts {
namespace {

using catalog::FiledShare;
using catalog::Image;
using catalog::Role;
using catalog::Share;
using catalog::ShareKind;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Timestamp noon = from_ms(1'795'348'800'000);
const CameraId orchard{1};
const CameraId harbour{2};

// --- what a share shows ---

TEST(SharesAreOpen, WhileNothingSpeaksAgainstIt) {
  const struct {
    const char* what;
    std::optional<PersonId> person;
    std::optional<Role> role;
    bool camera_removed;
    std::optional<Timestamp> expires_at;
    bool login;
    bool open;
  } cases[] = {
      {"an administrator's", PersonId{1}, Role::administrator, false, {}, true, true},
      {"an operator's", PersonId{1}, Role::operator_role, false, {}, true, true},
      {"its maker may only look now", PersonId{1}, Role::viewer, false, {}, true, false},
      {"its maker may nothing now", PersonId{1}, {}, false, {}, true, false},
      {"its camera was removed", PersonId{1}, Role::administrator, true, {}, true, false},
      {"it will end", PersonId{1}, Role::administrator, false, noon + milliseconds{1}, true, true},
      {"it ends now", PersonId{1}, Role::administrator, false, noon, true, false},
      {"it has ended", PersonId{1}, Role::administrator, false, noon - hours{1}, true, false},
      {"anybody's, where all may do everything", {}, {}, false, {}, false, true},
      {"anybody's, on a server that has a login now", {}, {}, false, {}, true, false},
      {"anybody's, ended", {}, {}, false, noon, false, false},
      {"somebody's, on a server without a login now",
       PersonId{1},
       Role::operator_role,
       false,
       {},
       false,
       true},
  };
  for (const auto& c : cases) {
    FiledShare filed;
    filed.share.person = c.person;
    filed.share.expires_at = c.expires_at;
    filed.person_role = c.role;
    filed.camera_removed = c.camera_removed;
    EXPECT_EQ(is_open(filed, noon, c.login), c.open) << c.what;
  }
}

Image taken(std::int64_t id, Timestamp at, CameraId camera = orchard) {
  Image image;
  image.id = ImageId{id};
  image.camera = camera;
  image.captured_at = at;
  image.received_at = at;
  return image;
}

TEST(SharesCover, WhatTheyAreOf) {
  const Share one{.kind = ShareKind::image, .camera = orchard, .image = ImageId{5}};
  const Share day{
      .kind = ShareKind::day, .camera = orchard, .begins_at = noon - hours{12}, .ends_at = noon + hours{12}};
  const Share camera{.kind = ShareKind::camera, .camera = orchard};
  const Share live{.kind = ShareKind::live, .camera = orchard};
  const std::vector<Image> none;
  const std::vector<Image> newest{taken(9, noon), taken(8, noon - hours{1})};
  const std::vector<Image> only_one{taken(9, noon)};
  const struct {
    const char* what;
    const Share& share;
    Image image;
    const std::vector<Image>& newest;
    Timestamp now;
    bool covered;
  } cases[] = {
      {"the image", one, taken(5, noon), none, noon, true},
      {"another one", one, taken(6, noon), none, noon, false},
      {"the same id at another camera, which cannot be", one, taken(5, noon, harbour), none, noon, false},
      {"the first of the day", day, taken(1, noon - hours{12}), none, noon, true},
      {"the day before", day, taken(1, noon - hours{12} - milliseconds{1}), none, noon, false},
      {"the last of the day", day, taken(1, noon + hours{12} - milliseconds{1}), none, noon, true},
      {"the next day", day, taken(1, noon + hours{12}), none, noon, false},
      {"the day of another camera", day, taken(1, noon, harbour), none, noon, false},
      {"any of the camera", camera, taken(1, noon - hours{9999}), none, noon, true},
      {"any of another", camera, taken(1, noon, harbour), none, noon, false},
      {"the newest", live, taken(9, noon), newest, noon + hours{9}, true},
      {"the one before, just now", live, taken(8, noon - hours{1}), newest, noon + live_grace, true},
      {"the one before", live, taken(8, noon - hours{1}), newest, noon + live_grace + seconds{1}, false},
      {"an old one", live, taken(7, noon - hours{2}), newest, noon, false},
      {"the newest of another", live, taken(9, noon, harbour), newest, noon, false},
      {"the only one", live, taken(9, noon), only_one, noon, true},
      {"not the only one", live, taken(8, noon), only_one, noon, false},
      {"of a camera that has none", live, taken(9, noon), none, noon, false},
  };
  for (const auto& c : cases) EXPECT_EQ(covers(c.share, c.image, c.newest, c.now), c.covered) << c.what;
}

TEST(SharesAreRefused, WhenTheyMakeNoSense) {
  const Share good{.kind = ShareKind::camera, .camera = orchard};
  const auto with = [&good](auto change) {
    Share share = good;
    change(share);
    return check_share(share, noon).has_value();
  };
  EXPECT_TRUE(with([](Share&) {}));
  EXPECT_TRUE(with([](Share& share) { share.name = std::string(64, 'x'); }));
  EXPECT_FALSE(with([](Share& share) { share.name = std::string(65, 'x'); }));
  EXPECT_FALSE(with([](Share& share) { share.name = "a\nb"; }));
  EXPECT_TRUE(with([](Share& share) { share.expires_at = noon + seconds{1}; }));
  EXPECT_FALSE(with([](Share& share) { share.expires_at = noon; }));
  EXPECT_FALSE(with([](Share& share) { share.image = ImageId{1}; }));
  EXPECT_FALSE(with([](Share& share) { share.kind = ShareKind::image; }));
  EXPECT_FALSE(with([](Share& share) { share.kind = ShareKind::day; }));
  EXPECT_FALSE(with([](Share& share) { share.begins_at = noon; }));
  const auto day = [&with](Timestamp from, Timestamp to) {
    return with([=](Share& share) {
      share.kind = ShareKind::day;
      share.begins_at = from;
      share.ends_at = to;
    });
  };
  EXPECT_TRUE(day(noon, noon + hours{25}));
  EXPECT_FALSE(day(noon, noon + hours{25} + milliseconds{1}));
  EXPECT_FALSE(day(noon, noon));
  EXPECT_TRUE(check_share_password("12345678"));
  EXPECT_FALSE(check_share_password("1234567"));
  EXPECT_FALSE(check_share_password(std::string(257, 'x')));
}

// --- the verbs ---

class SharingTest : public OnACatalog {
 protected:
  void SetUp() override {
    for (const auto& [id, name] : {std::pair{orchard, "Orchard"}, std::pair{harbour, "Harbour"}}) {
      catalog_->add_camera({id, name, name, clock_.now()}, sha256(name)).value();
    }
    owner_ = add_first_person(*catalog_, tools_, here_, "owner", "hash").value().id;
  }
  NewShare share(Share share) {
    if (!share.person) share.person = owner_;
    return add_share(*catalog_, tools_, here_, std::move(share)).value();
  }
  NewShare share_orchard() { return share({.kind = ShareKind::camera, .camera = orchard}); }
  Result<FiledShare> by_token(std::string_view token) {
    return share_by_token(*catalog_, clock_, true, token);
  }
  Result<FiledShare> by_opening(ShareId id, std::string_view opening) {
    return share_by_opening(*catalog_, clock_, true, id, opening);
  }
  static Visitor somebody(PersonId person, std::map<CameraId, Role> cameras) {
    Visitor visitor;
    visitor.name = "somebody";
    visitor.person = person;
    visitor.cameras = std::move(cameras);
    return visitor;
  }

  ManualClock clock_{noon};
  IdSource ids_{clock_};
  const Tools tools_{ids_, clock_};
  const Actor here_{"owner", ""};
  PersonId owner_;
};

TEST_F(SharingTest, ALinkLeadsToWhatWasShared) {
  const NewShare made = share({.name = "For Maria", .kind = ShareKind::camera, .camera = orchard});
  EXPECT_TRUE(token_well_formed(token_prefix::share, made.token));
  EXPECT_EQ(by_token(made.token).value(), made.filed);
  EXPECT_EQ(made.filed.share.created_at, noon);
  const auto audit = catalog::AuditLog(*catalog_).page(std::nullopt, 1).value();
  EXPECT_EQ(audit[0].action, "share-made");
  EXPECT_EQ(audit[0].subject, "For Maria (camera of Orchard)");
}

TEST_F(SharingTest, EveryLinkThatLeadsNowhereIsAnsweredAlike) {
  const NewShare ended =
      share({.kind = ShareKind::camera, .camera = orchard, .expires_at = noon + seconds{1}});
  const NewShare gone = share_orchard();
  catalog::Shares(*catalog_).remove(gone.filed.share.id).value();
  clock_.advance(seconds{1});
  const Error answer = by_token("shr_x").error();
  EXPECT_EQ(answer.kind, ErrorKind::not_found);
  for (const std::string& token : {ended.token, gone.token, make_token(token_prefix::share), std::string()}) {
    EXPECT_EQ(by_token(token).error(), answer);
  }
}

TEST_F(SharingTest, AnOpeningHoldsForItsShareAndForAWhile) {
  const NewShare made = share_orchard();
  const ShareId id = made.filed.share.id;
  const std::string opening = make_opening(made.filed.share, made.token, clock_.now());
  EXPECT_EQ(by_opening(id, opening).value(), made.filed);
  EXPECT_FALSE(by_opening(ShareId{id.value + 1}, opening));
  for (const std::string& other :
       {std::string(), made.token, made.token + ".", made.token + "..", opening + "0", "x" + opening,
        opening.substr(0, opening.size() - 1), made.token + ".99999999999999." + std::string(64, '0')}) {
    EXPECT_FALSE(by_opening(id, other)) << other;
  }
  clock_.advance(opening_life - seconds{1});
  EXPECT_TRUE(by_opening(id, opening));
  clock_.advance(seconds{1});
  EXPECT_FALSE(by_opening(id, opening));
}

TEST_F(SharingTest, AnOpeningOfAShareWithAPasswordCannotBeMadeWithoutIt) {
  const NewShare made = share({.kind = ShareKind::camera, .camera = orchard, .password_hash = "argon"});
  const ShareId id = made.filed.share.id;
  EXPECT_TRUE(by_opening(id, make_opening(made.filed.share, made.token, clock_.now())));
  Share unlocked = made.filed.share;  // as whoever has only the link would make it
  unlocked.password_hash.reset();
  EXPECT_FALSE(by_opening(id, make_opening(unlocked, made.token, clock_.now())));
  EXPECT_FALSE(by_opening(id, make_opening(made.filed.share, make_token(token_prefix::share), clock_.now())))
      << "nor without the link";
}

TEST_F(SharingTest, AnOpenViewEndsWithItsShare) {
  const NewShare made = share_orchard();
  const std::string opening = make_opening(made.filed.share, made.token, clock_.now());
  catalog_->remove_camera(orchard).value();
  EXPECT_FALSE(by_opening(made.filed.share.id, opening));
}

TEST_F(SharingTest, AreSeenAndEndedByTheirMakerAndWhoeverAdministersTheCamera) {
  const PersonId maria{99};
  catalog::People(*catalog_).add({maria, "maria", noon, true, false, {}}, "hash").value();
  const ShareId own = share({.kind = ShareKind::camera, .camera = orchard, .person = maria}).filed.share.id;
  const ShareId others = share_orchard().filed.share.id;
  const ShareId elsewhere = share({.kind = ShareKind::live, .camera = harbour}).filed.share.id;
  const auto seen = [this](const Visitor& visitor) {
    std::vector<ShareId> ids;
    for (const FiledShare& filed : shares_of(*catalog_, visitor).value()) ids.push_back(filed.share.id);
    return ids;
  };
  const Visitor operates = somebody(maria, {{orchard, Role::operator_role}});
  EXPECT_THAT(seen(operates), ElementsAre(own));
  EXPECT_THAT(seen(somebody(PersonId{5}, {{orchard, Role::administrator}})), ElementsAre(others, own));
  EXPECT_THAT(seen(somebody(maria, {{orchard, Role::viewer}})), IsEmpty());
  EXPECT_THAT(seen(anybody()), ElementsAre(elsewhere, others, own));

  const auto end = [this](const Visitor& visitor, ShareId id) {
    return remove_share(*catalog_, tools_, here_, visitor, id);
  };
  EXPECT_EQ(end(operates, others).error().kind, ErrorKind::forbidden);
  EXPECT_EQ(end(operates, elsewhere).error(), end(operates, ShareId{elsewhere}).error());
  EXPECT_EQ(end(operates, elsewhere).error().kind, ErrorKind::not_found);
  EXPECT_TRUE(end(operates, own));
  EXPECT_EQ(catalog::AuditLog(*catalog_).page(std::nullopt, 1).value()[0].action, "share-ended");
  EXPECT_TRUE(end(anybody(), elsewhere));
  EXPECT_THAT(seen(anybody()), ElementsAre(others));
}

TEST_F(SharingTest, ThereAreNotTooManyOfOnePerson) {
  for (std::size_t i = 0; i < max_shares_of_person; ++i) share_orchard();
  const Share more{.kind = ShareKind::camera, .camera = orchard, .person = owner_};
  EXPECT_EQ(add_share(*catalog_, tools_, here_, more).error().kind, ErrorKind::conflict);
}

TEST_F(SharingTest, ThatEndedAreForgottenAfterAMonth) {
  share({.kind = ShareKind::camera, .camera = orchard, .expires_at = noon + seconds{1}});
  clock_.advance(ended_share_life + seconds{1});
  sweep(*catalog_, clock_).value();
  EXPECT_EQ(catalog::Shares(*catalog_).all().value().size(), 1U);
  clock_.advance(seconds{1});
  sweep(*catalog_, clock_).value();
  EXPECT_THAT(catalog::Shares(*catalog_).all().value(), IsEmpty());
}

}  // namespace
}  // namespace heliograph::accounts
