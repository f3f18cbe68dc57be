// What the handlers about people share.
#pragma once

#include "server/accounts/accounts.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/json.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace heliograph::http {

template <class T>
using Question = std::function<Result<T>(catalog::Catalog&)>;

inline accounts::Tools tools_of(Services& services) {
  return {services.ids, services.clock};
}
inline accounts::Actor actor_of(const Visitor& visitor, const Request& request) {
  return {visitor.name, request.peer};
}

// On the hashing thread. bad_request: no password that we take. unavailable: too many wait.
Task<Result<std::string>> hash_new_password(Services& services, std::string password, std::string name);
Task<Result<bool>> verify_password(Services& services, std::string hash, std::string password);

// Is this the visitor's own password? Slowed like signing in. unauthorized: it is not; too_many.
Task<Result<void>> confirm_password(Services& services, const Request& request, const Visitor& visitor,
                                    std::string password);

void write_grants(JsonWriter& json, std::span<const catalog::Grant> grants);

// What the page needs to know first: who is there, what they may do, and what it must send with a change.
// `token`: of the visitor's session.
struct SessionFacts {
  const Visitor* visitor = nullptr;  // null: nobody
  std::string_view token;
  bool password = false;
  bool second_factor = false;
};
std::string session_json(const Services& services, const SessionFacts& facts);

// Somebody has proven who they are: begins the session of their browser.
struct BrowserSession {
  std::string token;
  std::string cookie;  // as it goes into Set-Cookie
  Visitor visitor;
};
Task<Result<BrowserSession>> begin_browser_session(Services& services, const Request& request,
                                                   const catalog::Person& person);
// The same, and answers with it.
Task<Response> answer_with_session(Services& services, const Request& request, catalog::Person person);

// This browser of theirs is told of alerts no more. not_found: it is not told, or not theirs.
Result<void> remove_push_browser(catalog::Catalog& catalog, const accounts::Tools& tools,
                                 const accounts::Actor& actor, PersonId person, PushId id);

Response no_content();

// The id in a path; not_found in the words of `what`.
template <class AnyId>
Result<AnyId> read_id(const std::string& text, std::string_view what) {
  if (const auto id = parse_id<AnyId>(text)) return *id;
  return Error{ErrorKind::not_found, "there is no " + std::string(what) + " " + text};
}

}  // namespace heliograph::http
