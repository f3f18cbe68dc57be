// What a camera says beside its pictures: the body of a heartbeat, and a header of an upload. Pure.
#pragma once

#include "server/cameras/orders.hpp"
#include "server/http/http.hpp"

#include <string_view>

#include <boost/json/fwd.hpp>

namespace heliograph::http {

// Members that are not known are passed over: a camera may be newer than its server. Texts are cut, a result
// or capabilities beyond their limit are left out. bad_request, naming the member, for what cannot be meant.
Result<cameras::Spoken> read_heartbeat(std::string_view body, Timestamp now);
Result<cameras::Spoken> read_heartbeat(const boost::json::object& body, Timestamp now);

// `command="42", state=succeeded, sequence=7`: a dictionary of RFC 8941. What cannot be read is passed over:
// no picture is refused for what is said beside it.
cameras::Spoken read_report_header(std::string_view text);

// Of one heartbeat: a camera has one command in hand, and some whose report was not acknowledged.
inline constexpr std::size_t max_reports = 16;
// Bytes of UTF-8: of what is kept of a reason, of a result as JSON, of what a camera calls itself, and of its
// capabilities as JSON. As in schema.sql.
inline constexpr std::size_t max_reason = 256;
inline constexpr std::size_t max_result = 512;
inline constexpr std::size_t max_self_text = 64;
inline constexpr std::size_t max_capabilities = 2048;
// So long ahead a camera may promise its next word, seconds: a week.
inline constexpr std::int64_t max_promise_s = 7 * 86'400;

}  // namespace heliograph::http
