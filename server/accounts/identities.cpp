#include "server/accounts/identities.hpp"

namespace heliograph::accounts {
namespace {

catalog::Identity new_identity(Tools tools, PersonId person, const Outside& outside) {
  return {tools.ids.next<IdentityId>(),
          person,
          outside.issuer,
          outside.subject,
          outside.label,
          tools.clock.now()};
}

}  // namespace

Result<catalog::Person> person_of_outside(catalog::Catalog& catalog, Tools tools, std::string_view address,
                                          const Outside& outside) {
  const auto identity = catalog::Identities(catalog).find(outside.issuer, outside.subject);
  if (identity) return catalog::People(catalog).by_id(identity->person);
  if (identity.error().kind == ErrorKind::not_found) {
    const Actor stranger{outside.label, std::string(address)};
    if (auto noted = note(catalog, tools, stranger, "sign-in", outside.label, false); !noted)
      return noted.error();
  }
  return identity.error();
}

Result<void> connect(catalog::Catalog& catalog, Tools tools, const Actor& actor, PersonId person,
                     const Outside& outside) {
  auto added = catalog::Identities(catalog).add(new_identity(tools, person, outside));
  if (!added && added.error().kind != ErrorKind::conflict) return added;
  if (auto noted = note(catalog, tools, actor, "identity-connected", outside.label, added.has_value());
      !noted)
    return noted;
  return added;
}

Result<catalog::Person> take_up_invitation(catalog::Catalog& catalog, Tools tools, std::string_view address,
                                           std::string_view link, const Outside& outside) {
  const auto id = catalog::Identities(catalog).add_by_link(token_hash(link), tools.clock.now(),
                                                           new_identity(tools, PersonId{}, outside));
  if (!id) return id.error();
  auto person = catalog::People(catalog).by_id(*id);
  if (!person) return person;
  const Actor themselves{person->name, std::string(address)};
  if (auto noted = note(catalog, tools, themselves, "identity-connected", outside.label); !noted)
    return noted.error();
  return person;
}

Result<void> disconnect(catalog::Catalog& catalog, Tools tools, const Actor& actor, PersonId person,
                        IdentityId id, std::string_view issuer_in_use) {
  catalog::Identities identities(catalog);
  const auto known = identities.of(person);
  if (!known) return known.error();
  auto gone = identities.remove(person, id, issuer_in_use);
  if (!gone) return gone;
  for (const catalog::Identity& identity : *known) {
    if (identity.id == id) return note(catalog, tools, actor, "identity-disconnected", identity.label);
  }
  return {};
}

}  // namespace heliograph::accounts
