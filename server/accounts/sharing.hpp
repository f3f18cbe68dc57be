// Sharing: somebody shows pictures to whoever holds a link, without an account. What a link shows is decided
// here.
//
// Verbs on a Catalog, as in accounts.hpp. A share lends what its maker may do: it shows something only while
// they may still operate its camera.
#pragma once

#include "server/accounts/accounts.hpp"
#include "server/catalog/shares.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::accounts {

// --- what it shows: pure ---

// Does the link lead anywhere? `login`: whether people have to sign in at this server.
bool is_open(const catalog::FiledShare& filed, Timestamp now, bool login);

// Does it show this picture? `newest`: the camera's two newest, newest first; looked at only for `live`,
// which shows the newest, and the one before it for a moment longer, because a page that was told of it is
// about to ask for it.
bool covers(const catalog::Share& share, const catalog::Image& image, std::span<const catalog::Image> newest,
            Timestamp now);

// --- for those who share ---

// bad_request: a name that is too long, a day that is none, an end in the past, or a kind without what it
// needs.
Result<void> check_share(const catalog::Share& share, Timestamp now);
// bad_request, in words.
Result<void> check_share_password(std::string_view password);

struct NewShare {
  catalog::FiledShare filed;
  std::string token;  // for the link; shown once
};
// `share` without its id and creation. Errors as check_share; conflict: there are enough.
Result<NewShare> add_share(catalog::Catalog& catalog, Tools tools, const Actor& actor, catalog::Share share);
// Those the visitor made, and those of cameras that they administer; newest first.
Result<std::vector<catalog::FiledShare>> shares_of(catalog::Catalog& catalog, const Visitor& visitor);
// It ends at once. not_found: or not theirs to see; forbidden: not theirs to end.
Result<void> remove_share(catalog::Catalog& catalog, Tools tools, const Actor& actor, const Visitor& visitor,
                          ShareId id);

// --- for whoever holds a link ---

// not_found, in the same words whatever the reason: unknown, ended, taken back, its camera removed, its maker
// gone.
Result<catalog::FiledShare> share_by_token(catalog::Catalog& catalog, const Clock& clock, bool login,
                                           std::string_view token);

// What the browser of somebody who has opened a share keeps and shows with each picture: the token, until
// when it holds, and a proof that the password was typed. Nobody can make it without both, not even from a
// stolen catalog.
std::string make_opening(const catalog::Share& share, std::string_view token, Timestamp now);
// The share of an opening. not_found: it is no opening of this share, is too old, or the share shows nothing.
Result<catalog::FiledShare> share_by_opening(catalog::Catalog& catalog, const Clock& clock, bool login,
                                             ShareId id, std::string_view opening);

// Hours: through an evening, not until next week. A page that is still there opens it again.
inline constexpr std::chrono::hours opening_life{12};
// How long a picture that is not the newest any more stays in a live view: a slow page has asked by then.
inline constexpr std::chrono::seconds live_grace{30};
// The day on which clocks go back has 25 hours.
inline constexpr std::chrono::hours longest_shared_day{25};
// Bytes. It is told over the phone, and guesses are slowed down by us.
inline constexpr std::size_t min_share_password_length = 8;
// On one server: the list is one page; and of one person, so that nobody takes them all.
inline constexpr std::size_t max_shares = 1000;
inline constexpr std::size_t max_shares_of_person = 200;
// How long a share that has ended is still in the list, with its views.
inline constexpr std::chrono::days ended_share_life{30};

}  // namespace heliograph::accounts
