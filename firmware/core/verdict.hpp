// What a server's answer means for the picture that was sent: the one table of it.
#pragma once

#include "firmware/core/http_client.hpp"
#include "firmware/core/http_response.hpp"
#include "firmware/core/text.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

enum class Verdict {
  stored,      // safe on the server; forget it here
  refused,     // this picture will never be taken; do not send it again
  try_again,   // the network or the server is away; it will come back by itself
  needs_owner  // wrong key or wrong address: nothing helps but a person, so ask rarely
};

struct Answer {
  Verdict verdict = Verdict::try_again;
  int status = 0;  // 0: there was no HTTP answer
  std::optional<std::int64_t> retry_after_ms;
  Text<256> reason;   // for a person, unless stored
  Text<16> image_id;  // when stored
  Text<64> filename;  // when stored
  bool duplicate = false;
  bool progressed = false;  // not yet stored, but some of it has come that had not before
};

// `network_error` is what the stream said, when there is no response.
Answer judge(ExchangeStatus exchange, const HttpResponse& response, std::string_view network_error);

// The same of a heartbeat: `stored` when it was heard. What it reports is kept until then, so one that is
// refused for what it says needs a person, or a server that understands it.
Answer judge_heartbeat(ExchangeStatus exchange, const HttpResponse& response, std::string_view network_error);

}  // namespace heliograph::firmware
