// Who asks, and what they may. The one place where that is decided: pure.
#pragma once

#include "server/catalog/sign_ins.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace heliograph::accounts {

enum class Right {
  view,       // see pictures and cameras
  operate,    // star, tidy, share, command: nothing that is lost for good
  ingest,     // send pictures in a camera's name
  administer  // add and remove, change rights and rules
};

struct Visitor {
  std::string name;                           // for the audit log
  std::optional<PersonId> person;             // none: the server has no login
  std::optional<SessionId> session;           // none: a token, or no login
  std::optional<catalog::Scopes> scopes;      // of a token
  std::optional<catalog::Role> everywhere;    // with every camera and the server itself
  std::map<CameraId, catalog::Role> cameras;  // with these, whatever else

  // With every camera, and what belongs to none.
  bool may(Right right) const;
  bool may(Right right, CameraId camera) const;
  // With one camera at least.
  bool may_somewhere(Right right) const;
  // The cameras they may see, in order; none: every one.
  std::optional<std::vector<CameraId>> seen() const;

 private:
  bool in_scope(Right right) const;
};

// Whoever comes to a server that has no login.
Visitor anybody();
// Somebody who is not here, but is to be told.
Visitor visitor_of(const catalog::Visit& visit);
Visitor visitor_of(const catalog::SessionVisit& visit);
Visitor visitor_of(const catalog::TokenVisit& visit);

}  // namespace heliograph::accounts
