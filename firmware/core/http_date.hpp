// The one form of date that HTTP servers send today (RFC 9110 §5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// Milliseconds since 1970 UTC; none for any other text. The day of the week is not compared.
std::optional<std::int64_t> parse_http_date(std::string_view text);

}  // namespace heliograph::firmware
