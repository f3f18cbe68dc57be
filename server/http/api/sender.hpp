// Who sends: what the head of a request says of it. Pure.
#pragma once

#include "server/cameras/cameras.hpp"
#include "server/http/http.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace heliograph::http {

// A request that is signed and does not show its key (protocol/signature.hpp).
struct SignedRequest {
  cameras::SignedClaim claim;
  Timestamp signed_at;
  std::string nonce;
  Sha256Digest body{};  // of the body, as announced
};

struct Sender {
  std::optional<std::string> key;                  // a camera's, or a person's token
  std::shared_ptr<const SignedRequest> signature;  // null: it is not signed, as most are not
  std::optional<std::string> camera;  // the id of the camera that is spoken for, beside a person's token
  std::string boot;                   // which start of the camera; empty: it does not tell
  std::string address;
  bool in_clear = false;  // what it showed could be read on its way here
};

// Of a picture that is sent with headers of its own. bad_request: another kind of authorisation, or a
// signature that is not of its form.
Result<Sender> read_sender(const Request& request);
// Of one in a dialect, whose key stood in `key`.
Sender sender_with(const Request& request, std::optional<std::string> key);

// Did it come over plain HTTP from another machine? What comes from this one was read by nobody, or by the
// proxy that is trusted here.
bool came_in_clear(const Request& request);

}  // namespace heliograph::http
