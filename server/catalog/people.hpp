// Who may sign in, and what they may do with which cameras.
#pragma once

#include "server/catalog/catalog.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::catalog {

// Each may what those before it may.
enum class Role { viewer, operator_role, administrator };
std::string_view to_string(Role role);
std::optional<Role> parse_role(std::string_view text);

// The group that stands for every camera, those of no group too, and for the server itself.
inline constexpr GroupId every_camera{0};

struct Grant {
  GroupId group = every_camera;
  Role role = Role::viewer;

  friend bool operator==(const Grant&, const Grant&) = default;
};

struct Person {
  PersonId id;
  std::string name;  // as it is kept: letters A to Z small
  Timestamp created_at;
  bool has_password = false;
  bool has_second_factor = false;  // and it is asked for
  std::vector<Grant> grants;       // by group
  bool has_identity = false;       // at an OpenID provider

  // They have taken up their invitation.
  bool has_come() const { return has_password || has_identity; }

  friend bool operator==(const Person&, const Person&) = default;
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there.
class People {
 public:
  explicit People(Catalog& catalog) : db_(*catalog.db_) {}

  // Without a password, unless one is given. conflict: the name is taken. not_found: a grant's group.
  Result<void> add(const Person& person, const std::optional<std::string>& password_hash);
  Result<std::vector<Person>> all();              // by name
  Result<Person> by_id(PersonId id);              // not_found
  Result<Person> by_name(std::string_view name);  // not_found
  Result<bool> are_there_any();                   // who have a password
  // Replaces them. not_found: the person, or a group. conflict: nobody would be left who administers
  // everything and can sign in.
  Result<void> set_grants(PersonId id, std::span<const Grant> grants);
  // With their sessions, tokens and links. not_found; conflict as above.
  Result<void> remove(PersonId id);

  // nullopt: they have none yet. not_found.
  Result<std::optional<std::string>> password_hash(PersonId id);
  // Ends every session but `except`, and every link. not_found.
  Result<void> set_password(PersonId id, const std::string& password_hash, SessionId except);
  // The same password, hashed anew at another cost: nothing ends. Does nothing when they are gone.
  Result<void> rehash_password(PersonId id, const std::string& password_hash);

 private:
  Db& db_;
};

}  // namespace heliograph::catalog
