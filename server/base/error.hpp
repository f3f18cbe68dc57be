// Errors as values. The kind tells the caller what to do next; the text tells a person what happened.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include <boost/system/result.hpp>

namespace heliograph {

// One kind per thing a caller can do about it. `http` maps each to a status in one switch.
enum class ErrorKind {
  bad_request,    // fix the request, then send it again
  unauthorized,   // the key is missing or unknown
  forbidden,      // known, and not allowed: ask somebody who may
  not_found,      // there is no such thing
  conflict,       // the name is taken by something else
  too_large,      // send less
  unsupported,    // send another type
  unprocessable,  // well-formed, but it is not what it says: do not send it again
  timeout,        // the other side was too slow: send it again
  stale,          // signed too long ago, or not as it came: sign it anew and send it again
  too_many,       // more than its share: try again later, unchanged
  unavailable,    // try again later, unchanged
  storage_full,   // try again when the owner made room
  data_lost,      // what should be there is not: a person has to look
  internal        // a fault of ours
};

std::string_view to_string(ErrorKind kind);

struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string detail;  // a sentence for a person: what happened, to what, and the limit if one was met
  std::chrono::seconds retry_after{0};  // before another try is worth it; 0: what is usual for the kind
  bool retry_is_exact = false;          // tell this very time: a person waits, and no fleet

  friend bool operator==(const Error&, const Error&) = default;
};

// A value or an Error. `value()` on an error throws, which is a bug in the caller.
template <class T>
using Result = boost::system::result<T, Error>;

// The Error for `errno_value`, met while doing `what` ("write images/a/b.jpg"). Maps ENOSPC and EDQUOT to
// storage_full, ENOENT to not_found, EEXIST to conflict; the rest is internal.
Error error_from_errno(int errno_value, std::string_view what);

// Boost.System asks for this to make value() throw.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

}  // namespace heliograph
