// Small JSON objects that are sent to us. Only the handlers that read them include this: Boost.JSON is heavy.
#pragma once

#include "server/http/http.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <boost/json.hpp>

namespace heliograph::http {

// bad_request, in words: no JSON, no object, a member that is not among `known`.
using Names = std::span<const std::string_view>;
Result<boost::json::object> parse_object(std::string_view text, Names known);

// Reads the body. unsupported: it is not application/json, which another site's form cannot send. `known`
// outlives the call.
Task<Result<boost::json::object>> read_object(Request& request, Names known);

// The whole body as it is. unsupported: it is not of this type, which must not be one that another site's
// form can send.
Task<Result<std::string>> read_text(Request& request, std::string_view type);

// Members. bad_request: it is missing (where it must not), or of another kind. Null counts as missing.
Result<std::string> text_of(const boost::json::object& object, std::string_view name);
Result<std::optional<std::string>> optional_text_of(const boost::json::object& object, std::string_view name);
Result<std::optional<std::int64_t>> optional_integer_of(const boost::json::object& object,
                                                        std::string_view name);
Result<std::optional<bool>> optional_bool_of(const boost::json::object& object, std::string_view name);

}  // namespace heliograph::http
