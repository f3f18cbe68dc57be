#include "server/catalog/people.hpp"

#include "server/catalog/db.hpp"

#include <array>
#include <utility>

namespace heliograph::catalog {
namespace {

constexpr std::array<std::pair<Role, std::string_view>, 3> role_names{
    {{Role::viewer, "viewer"}, {Role::operator_role, "operator"}, {Role::administrator, "administrator"}}};

#define SELECT_PEOPLE                                                                  \
  "SELECT person.id, name, created_at, length(password_hash), totp_in_use, group_id, " \
  "role, (SELECT count(*) FROM identity WHERE identity.person_id = person.id) "        \
  "FROM person LEFT JOIN person_grant ON person_grant.person_id = person.id "

Error no_person(std::string_view who) {
  return {ErrorKind::not_found, "there is nobody called " + std::string(who)};
}

// Rows with a grant each become people with their grants. They come person by person.
Result<std::vector<Person>> read_people(Db& db, std::string_view sql, Db::Values values) {
  std::vector<Person> people;
  auto done = db.query(sql, values, [&people](const Row& row) {
    if (people.empty() || people.back().id != row.id<PersonId>(0)) {
      people.push_back({row.id<PersonId>(0),
                        std::string(row.text(1)),
                        row.time(2),
                        !row.is_null(3),
                        row.integer(4) != 0,
                        {},
                        row.integer(7) != 0});
    }
    if (const auto role = row.is_null(6) ? std::nullopt : parse_role(row.text(6))) {
      people.back().grants.push_back({row.id<GroupId>(5), *role});
    }
  });
  if (!done) return done.error();
  return people;
}

Result<void> add_grants(Db& db, PersonId person, std::span<const Grant> grants) {
  for (const Grant& grant : grants) {
    if (grant.group != every_camera) {
      const auto group = first(db, "SELECT 1 FROM camera_group WHERE id = $1", {grant.group},
                               [](const Row& row) { return row.integer(0); });
      if (!group) return group.error();
      if (!*group) return Error{ErrorKind::not_found, "there is no group " + to_string(grant.group)};
    }
    const auto added = db.execute("INSERT INTO person_grant (person_id, group_id, role) VALUES ($1, $2, $3)",
                                  {person, grant.group, to_string(grant.role)});
    if (!added) return added.error();
  }
  return {};
}

// Somebody must be able to let others in.
Result<void> keep_an_administrator(Db& db) {
  const auto left = first(db,
                          "SELECT count(*) FROM person JOIN person_grant ON person_id = id "
                          "WHERE group_id = 0 AND role = 'administrator' AND password_hash IS NOT NULL",
                          {}, [](const Row& row) { return row.integer(0); });
  if (!left) return left.error();
  if (**left > 0) return {};
  return Error{ErrorKind::conflict, "nobody would be left who may administer the server"};
}

Result<void> changed_one(const Result<std::int64_t>& changed, PersonId id) {
  if (!changed) return changed.error();
  if (*changed == 0) return no_person(to_string(id));
  return {};
}

}  // namespace

std::string_view to_string(Role role) {
  return role_names[static_cast<std::size_t>(role)].second;
}

std::optional<Role> parse_role(std::string_view text) {
  for (const auto& [role, name] : role_names) {
    if (name == text) return role;
  }
  return std::nullopt;
}

Result<void> People::add(const Person& person, const std::optional<std::string>& password_hash) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto added =
        db_.execute("INSERT INTO person (id, name, created_at, password_hash) VALUES ($1, $2, $3, $4)",
                    {person.id, person.name, person.created_at, password_hash});
    if (!added && added.error().kind == ErrorKind::conflict) {
      return Error{ErrorKind::conflict, "there is somebody called " + person.name + " already"};
    }
    if (!added) return added.error();
    return add_grants(db_, person.id, person.grants);
  });
}

Result<std::vector<Person>> People::all() {
  return read_people(db_, SELECT_PEOPLE "ORDER BY name, group_id", {});
}

Result<Person> People::by_id(PersonId id) {
  auto people = read_people(db_, SELECT_PEOPLE "WHERE person.id = $1 ORDER BY group_id", {id});
  if (!people) return people.error();
  if (people->empty()) return no_person(to_string(id));
  return std::move(people->front());
}

Result<Person> People::by_name(std::string_view name) {
  auto people = read_people(db_, SELECT_PEOPLE "WHERE name = $1 ORDER BY group_id", {name});
  if (!people) return people.error();
  if (people->empty()) return no_person(name);
  return std::move(people->front());
}

Result<bool> People::are_there_any() {
  const auto found = first(db_, "SELECT 1 FROM person WHERE password_hash IS NOT NULL LIMIT 1", {},
                           [](const Row& row) { return row.integer(0); });
  if (!found) return found.error();
  return found->has_value();
}

Result<void> People::set_grants(PersonId id, std::span<const Grant> grants) {
  return in_transaction(db_, [&]() -> Result<void> {
    if (auto known = changed_one(db_.execute("UPDATE person SET name = name WHERE id = $1", {id}), id);
        !known) {
      return known;
    }
    if (auto gone = db_.execute("DELETE FROM person_grant WHERE person_id = $1", {id}); !gone)
      return gone.error();
    if (auto added = add_grants(db_, id, grants); !added) return added;
    return keep_an_administrator(db_);
  });
}

Result<void> People::remove(PersonId id) {
  return in_transaction(db_, [&]() -> Result<void> {
    if (auto gone = changed_one(db_.execute("DELETE FROM person WHERE id = $1", {id}), id); !gone)
      return gone;
    return keep_an_administrator(db_);
  });
}

Result<std::optional<std::string>> People::password_hash(PersonId id) {
  auto hash = first(db_, "SELECT password_hash FROM person WHERE id = $1", {id}, [](const Row& row) {
    return row.is_null(0) ? std::nullopt : std::optional(std::string(row.text(0)));
  });
  if (!hash) return hash.error();
  if (!*hash) return no_person(to_string(id));
  return std::move(**hash);
}

Result<void> People::set_password(PersonId id, const std::string& password_hash, SessionId except) {
  return in_transaction(db_, [&]() -> Result<void> {
    if (auto set = changed_one(
            db_.execute("UPDATE person SET password_hash = $2 WHERE id = $1", {id, password_hash}), id);
        !set) {
      return set;
    }
    if (auto ended = db_.execute("DELETE FROM session WHERE person_id = $1 AND id <> $2", {id, except});
        !ended) {
      return ended.error();
    }
    if (auto ended = db_.execute("DELETE FROM password_link WHERE person_id = $1", {id}); !ended) {
      return ended.error();
    }
    return {};
  });
}

Result<void> People::rehash_password(PersonId id, const std::string& password_hash) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto set = db_.execute("UPDATE person SET password_hash = $2 WHERE id = $1", {id, password_hash});
    if (!set) return set.error();
    return {};
  });
}

#undef SELECT_PEOPLE

}  // namespace heliograph::catalog
