#include "server/base/error.hpp"

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace heliograph {

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::bad_request:
      return "bad-request";
    case ErrorKind::unauthorized:
      return "unauthorized";
    case ErrorKind::forbidden:
      return "forbidden";
    case ErrorKind::not_found:
      return "not-found";
    case ErrorKind::conflict:
      return "conflict";
    case ErrorKind::too_large:
      return "too-large";
    case ErrorKind::unsupported:
      return "unsupported";
    case ErrorKind::unprocessable:
      return "unprocessable";
    case ErrorKind::timeout:
      return "timeout";
    case ErrorKind::stale:
      return "stale";
    case ErrorKind::too_many:
      return "too-many";
    case ErrorKind::unavailable:
      return "unavailable";
    case ErrorKind::storage_full:
      return "storage-full";
    case ErrorKind::data_lost:
      return "data-lost";
    case ErrorKind::internal:
      break;
  }
  return "internal";
}

Error error_from_errno(int errno_value, std::string_view what) {
  const auto kind = [errno_value] {
    switch (errno_value) {
      case ENOSPC:
      case EDQUOT:
        return ErrorKind::storage_full;
      case ENOENT:
        return ErrorKind::not_found;
      case EEXIST:
        return ErrorKind::conflict;
      case EMFILE:
      case ENFILE:
      case EROFS:
        return ErrorKind::unavailable;
      default:
        return ErrorKind::internal;
    }
  }();
  std::string detail(what);
  detail += ": ";
  detail += std::generic_category().message(errno_value);
  return {kind, std::move(detail)};
}

void throw_exception_from_error(const Error& error, const boost::source_location& where) {
  throw std::logic_error("unchecked error at " + where.to_string() + ": " + error.detail);
}

}  // namespace heliograph
