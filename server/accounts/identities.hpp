// People who sign in with an account elsewhere, at an OpenID provider. Who that account's is, the provider
// has proven (server/openid); here it is decided who that is. Verbs on a Catalog, like those of accounts.hpp.
#pragma once

#include "server/accounts/accounts.hpp"
#include "server/catalog/identities.hpp"

#include <string>
#include <string_view>

namespace heliograph::accounts {

// An account elsewhere.
struct Outside {
  std::string issuer;
  std::string subject;
  std::string label;
};

// Who signs in with it. Nobody is added by that. not_found, which is noted: nobody.
Result<catalog::Person> person_of_outside(catalog::Catalog& catalog, Tools tools, std::string_view address,
                                          const Outside& outside);
// From now on `person`, whose name is the actor's, signs in with it. conflict: somebody does already, or
// they with another one.
Result<void> connect(catalog::Catalog& catalog, Tools tools, const Actor& actor, PersonId person,
                     const Outside& outside);
// Whoever holds the link of an invitation comes in with it, and needs no password. not_found: no invitation,
// or it was taken up; conflict as above, and the invitation stays.
Result<catalog::Person> take_up_invitation(catalog::Catalog& catalog, Tools tools, std::string_view address,
                                           std::string_view link, const Outside& outside);
// conflict: it is their last way in. not_found.
Result<void> disconnect(catalog::Catalog& catalog, Tools tools, const Actor& actor, PersonId person,
                        IdentityId id, std::string_view issuer_in_use);

}  // namespace heliograph::accounts
