#include "server/accounts/accounts.hpp"

#include "server/accounts/password.hpp"
#include "server/accounts/sharing.hpp"
#include "server/base/utf8.hpp"

#include <algorithm>

namespace heliograph::accounts {
namespace {

// How exactly it is known when a session or token was last used: a write for each request would be a sync for
// each.
constexpr std::chrono::minutes use_grain{5};

Error not_signed_in() {
  return {ErrorKind::unauthorized, "sign in, or send a token as \"Authorization: Bearer TOKEN\""};
}

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

bool is_over(const catalog::Session& session, Timestamp now) {
  return now - session.used_at > session_idle_time || now - session.created_at > session_life;
}

Result<Link> make_link(catalog::Catalog& catalog, Tools tools, catalog::Person person) {
  Link link{std::move(person), make_token(token_prefix::link), tools.clock.now() + link_life};
  auto set = catalog::SignIns(catalog).set_link(link.person.id, token_hash(link.token), link.expires_at);
  if (!set) return set.error();
  return link;
}

Result<catalog::Person> make_person(catalog::Catalog& catalog, Tools tools, std::string_view name,
                                    const std::optional<std::string>& password_hash,
                                    std::span<const catalog::Grant> grants) {
  auto checked = sign_in_name(name);
  if (!checked) return checked.error();
  catalog::People people(catalog);
  const auto known = people.all();
  if (!known) return known.error();
  if (known->size() >= max_people) {
    return Error{ErrorKind::conflict, "a server knows " + std::to_string(max_people) + " people at most"};
  }
  catalog::Person person{
      tools.ids.next<PersonId>(),    std::move(*checked), tools.clock.now(), password_hash.has_value(), false,
      {grants.begin(), grants.end()}};
  if (auto added = people.add(person, password_hash); !added) return added.error();
  return person;
}

}  // namespace

Result<std::string> sign_in_name(std::string_view text) {
  if (text.empty() || text.size() > max_name_length) {
    return Error{ErrorKind::bad_request,
                 "a name to sign in with has 1 to " + std::to_string(max_name_length) + " bytes"};
  }
  if (has_control(text) || text.find(' ') != std::string_view::npos) {
    return Error{ErrorKind::bad_request, "a name to sign in with has no spaces and no control characters"};
  }
  std::string name(text);
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return name;
}

Result<catalog::Person> add_person(catalog::Catalog& catalog, Tools tools, const Actor& actor,
                                   std::string_view name, const std::string& password_hash,
                                   std::span<const catalog::Grant> grants) {
  auto person = make_person(catalog, tools, name, password_hash, grants);
  if (!person) return person;
  if (auto noted = note(catalog, tools, actor, "person-added", person->name); !noted) return noted.error();
  return person;
}

Result<catalog::Person> add_first_person(catalog::Catalog& catalog, Tools tools, const Actor& actor,
                                         std::string_view name, const std::string& password_hash) {
  const auto somebody = catalog::People(catalog).are_there_any();
  if (!somebody) return somebody.error();
  if (*somebody) return Error{ErrorKind::conflict, "this server has been set up already"};
  const catalog::Grant all{catalog::every_camera, catalog::Role::administrator};
  return add_person(catalog, tools, actor, name, password_hash, std::span(&all, 1));
}

Result<Link> invite(catalog::Catalog& catalog, Tools tools, const Actor& actor, std::string_view name,
                    std::span<const catalog::Grant> grants) {
  auto person = make_person(catalog, tools, name, std::nullopt, grants);
  if (!person) return person.error();
  if (auto noted = note(catalog, tools, actor, "person-invited", person->name); !noted) return noted.error();
  return make_link(catalog, tools, std::move(*person));
}

Result<Link> reset_password(catalog::Catalog& catalog, Tools tools, const Actor& actor, PersonId id) {
  auto person = catalog::People(catalog).by_id(id);
  if (!person) return person.error();
  if (auto noted = note(catalog, tools, actor, "password-link", person->name); !noted) return noted.error();
  return make_link(catalog, tools, std::move(*person));
}

Result<catalog::Person> person_of_link(catalog::Catalog& catalog, Tools tools, std::string_view token) {
  const auto id = catalog::SignIns(catalog).person_of_link(token_hash(token), tools.clock.now());
  if (!id) return id.error();
  return catalog::People(catalog).by_id(*id);
}

Result<catalog::Person> set_password_by_link(catalog::Catalog& catalog, Tools tools, const Actor& actor,
                                             std::string_view token, const std::string& password_hash) {
  auto person = person_of_link(catalog, tools, token);
  if (!person) return person;
  const SessionId none{};
  if (auto set = catalog::People(catalog).set_password(person->id, password_hash, none); !set)
    return set.error();
  const Actor themselves{person->name, actor.address};
  if (auto noted = note(catalog, tools, themselves, "password-set", person->name); !noted)
    return noted.error();
  return person;
}

Result<Candidate> find_candidate(catalog::Catalog& catalog, std::string_view typed) {
  const auto name = sign_in_name(typed);
  if (!name) return Candidate{std::nullopt, nobodys_hash()};
  catalog::People people(catalog);
  auto person = people.by_name(*name);
  if (!person && person.error().kind == ErrorKind::not_found) return Candidate{std::nullopt, nobodys_hash()};
  if (!person) return person.error();
  auto hash = people.password_hash(person->id);
  if (!hash) return hash.error();
  if (!*hash) return Candidate{std::nullopt, nobodys_hash()};
  return Candidate{std::move(*person), std::move(**hash)};
}

Result<NewSession> begin_session(catalog::Catalog& catalog, Tools tools, PersonId person, std::string address,
                                 std::string_view agent) {
  constexpr std::size_t longest_agent = 200;  // bytes: more than any browser's name says anything new in
  catalog::SignIns sign_ins(catalog);
  const auto others = sign_ins.sessions(person);
  if (!others) return others.error();
  for (std::size_t i = max_sessions - 1; i < others->size(); ++i) {
    if (auto ended = sign_ins.remove_session(person, (*others)[i].id); !ended) return ended.error();
  }
  const Timestamp now = tools.clock.now();
  NewSession begun{
      {tools.ids.next<SessionId>(), person, now, now, std::move(address), printable(agent, longest_agent)},
      make_token(token_prefix::session)};
  if (auto added = sign_ins.add_session(begun.session, token_hash(begun.token)); !added) return added.error();
  return begun;
}

Result<Visitor> visitor_by_session(catalog::Catalog& catalog, const Clock& clock, std::string_view token) {
  if (!token_well_formed(token_prefix::session, token)) return not_signed_in();
  catalog::SignIns sign_ins(catalog);
  const auto visit = sign_ins.session_by_token(token_hash(token));
  if (!visit && visit.error().kind == ErrorKind::not_found) return not_signed_in();
  if (!visit) return visit.error();
  const Timestamp now = clock.now();
  if (is_over(visit->session, now)) return not_signed_in();
  if (now - visit->session.used_at > use_grain) {
    if (auto touched = sign_ins.touch_session(visit->session.id, now); !touched) return touched.error();
  }
  return visitor_of(*visit);
}

Result<Visitor> visitor_by_token(catalog::Catalog& catalog, const Clock& clock, std::string_view token) {
  if (!token_well_formed(token_prefix::api_token, token)) return not_signed_in();
  catalog::SignIns sign_ins(catalog);
  const auto visit = sign_ins.token_by_hash(token_hash(token));
  if (!visit && visit.error().kind == ErrorKind::not_found) return not_signed_in();
  if (!visit) return visit.error();
  const Timestamp now = clock.now();
  const catalog::ApiToken& found = visit->token;
  if (found.expires_at && *found.expires_at <= now) return not_signed_in();
  if (!found.used_at || now - *found.used_at > use_grain) {
    if (auto touched = sign_ins.touch_token(found.id, now); !touched) return touched.error();
  }
  return visitor_of(*visit);
}

Result<NewToken> add_token(catalog::Catalog& catalog, Tools tools, const Actor& actor, PersonId person,
                           std::string_view name, catalog::Scopes scopes,
                           std::optional<Timestamp> expires_at) {
  const Timestamp now = tools.clock.now();
  if (name.empty() || name.size() > max_name_length || has_control(name)) {
    return Error{ErrorKind::bad_request, "a token's name has 1 to " + std::to_string(max_name_length) +
                                             " bytes, and no control characters"};
  }
  if (scopes == catalog::Scopes{}) {
    return Error{ErrorKind::bad_request, "a token needs a scope at least: read, control, ingest"};
  }
  if (expires_at && *expires_at <= now) {
    return Error{ErrorKind::bad_request, "a token's end lies in the future, or there is none"};
  }
  catalog::SignIns sign_ins(catalog);
  const auto others = sign_ins.tokens(person);
  if (!others) return others.error();
  if (others->size() >= max_tokens) {
    return Error{ErrorKind::conflict, "a person has " + std::to_string(max_tokens) + " tokens at most"};
  }
  NewToken made{{tools.ids.next<TokenId>(), person, std::string(name), scopes, now, expires_at, std::nullopt},
                make_token(token_prefix::api_token)};
  if (auto added = sign_ins.add_token(made.token, token_hash(made.secret)); !added) return added.error();
  if (auto noted = note(catalog, tools, actor, "token-added", made.token.name); !noted) return noted.error();
  return made;
}

Result<void> note(catalog::Catalog& catalog, Tools tools, const Actor& actor, std::string_view action,
                  std::string_view subject, bool allowed) {
  constexpr std::size_t longest = 255;  // bytes of a text that a stranger may have chosen
  return catalog::AuditLog(catalog).add({tools.ids.next<AuditId>(), tools.clock.now(),
                                         printable(actor.name, longest), actor.address, std::string(action),
                                         printable(subject, longest), allowed});
}

Result<void> sweep(catalog::Catalog& catalog, const Clock& clock) {
  const Timestamp now = clock.now();
  auto swept = catalog::SignIns(catalog).remove_sessions_before(now - session_idle_time, now - session_life);
  if (!swept) return swept;
  if (auto ended = catalog::Shares(catalog).remove_expired_before(now - ended_share_life); !ended)
    return ended;
  const auto old = catalog::AuditLog(catalog).remove_before(now - audit_life);
  if (!old) return old.error();
  return {};
}

}  // namespace heliograph::accounts
