// How a camera that nobody has added yet gets in: it makes itself a key, announces itself with it, and shows
// the code that it is told, until its owner has typed that (protocol/README.md).
#pragma once

#include "firmware/core/http_client.hpp"
#include "firmware/core/platform/random.hpp"
#include "firmware/core/text.hpp"
#include "firmware/core/upload_request.hpp"

#include <cstdint>
#include <string_view>

namespace heliograph::firmware {

// "cam_", 30 characters drawn by chance and 6 that check them.
using CameraKey = Text<40>;
CameraKey make_camera_key(Random& random);

// The head and the body of the request.
struct ClaimRequest {
  RequestHead head;
  Text<96> body;
};
// Bytes of `model`, which is cut there: what the server takes.
inline constexpr std::size_t max_model_length = 64;
void write_claim(const Server& server, std::string_view model, ClaimRequest& request);

struct ClaimAnswer {
  enum class State { waiting, accepted, try_again, hopeless };
  State state = State::try_again;
  Text<16> code;                   // while it waits
  Text<64> name;                   // once it is accepted
  std::int64_t pause_ms = 10'000;  // before it is asked again
  Text<256> reason;                // for a person, when it neither waits nor is accepted
};
ClaimAnswer judge_claim(ExchangeStatus exchange, const HttpResponse& response,
                        std::string_view network_error);

}  // namespace heliograph::firmware
