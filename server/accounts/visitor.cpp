#include "server/accounts/visitor.hpp"

#include <algorithm>

namespace heliograph::accounts {
namespace {

using catalog::Role;

bool includes(Role role, Right right) {
  switch (right) {
    case Right::view:
      return true;
    case Right::operate:
    case Right::ingest:
      return role >= Role::operator_role;
    case Right::administer:
      break;
  }
  return role == Role::administrator;
}

void take_rights(Visitor& visitor, const catalog::Visit& visit) {
  visitor.name = visit.name;
  visitor.person = visit.person;
  for (const catalog::Grant& grant : visit.grants) {
    if (grant.group == catalog::every_camera) visitor.everywhere = grant.role;
  }
  visitor.cameras.insert(visit.cameras.begin(), visit.cameras.end());
}

}  // namespace

bool Visitor::in_scope(Right right) const {
  if (!scopes) return true;
  switch (right) {
    case Right::view:
      return scopes->read;
    case Right::operate:
      return scopes->control;
    case Right::ingest:
      return scopes->ingest;
    case Right::administer:
      break;
  }
  return false;  // a token that leaks must not be able to make others
}

bool Visitor::may(Right right) const {
  return in_scope(right) && everywhere && includes(*everywhere, right);
}

bool Visitor::may(Right right, CameraId camera) const {
  if (may(right)) return true;
  const auto found = cameras.find(camera);
  return in_scope(right) && found != cameras.end() && includes(found->second, right);
}

bool Visitor::may_somewhere(Right right) const {
  return may(right) || (in_scope(right) && std::ranges::any_of(cameras, [right](const auto& entry) {
                          return includes(entry.second, right);
                        }));
}

std::optional<std::vector<CameraId>> Visitor::seen() const {
  if (may(Right::view)) return std::nullopt;
  std::vector<CameraId> seen;
  if (in_scope(Right::view)) {
    for (const auto& [camera, role] : cameras) seen.push_back(camera);
  }
  return seen;
}

Visitor anybody() {
  Visitor visitor;
  visitor.name = "anybody";
  visitor.everywhere = Role::administrator;
  return visitor;
}

Visitor visitor_of(const catalog::Visit& visit) {
  Visitor visitor;
  take_rights(visitor, visit);
  return visitor;
}

Visitor visitor_of(const catalog::SessionVisit& visit) {
  Visitor visitor = visitor_of(visit.visit);
  visitor.session = visit.session.id;
  return visitor;
}

Visitor visitor_of(const catalog::TokenVisit& visit) {
  Visitor visitor = visitor_of(visit.visit);
  visitor.scopes = visit.token.scopes;
  return visitor;
}

}  // namespace heliograph::accounts
