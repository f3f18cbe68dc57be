// Answers that are sent compressed to whoever can read that.
#pragma once

#include "server/http/http.hpp"

#include <string>

namespace heliograph::http {

// json_response(200, …), compressed if that helps and `request` allows for it. Only for answers without a
// secret: beside one, what a stranger may have put into them would tell it by the length (BREACH,
// CVE-2013-3587).
Response packed_json_response(const Request& request, std::string json);

}  // namespace heliograph::http
