// Improv Wi-Fi over a serial line (improv-wifi.com/serial): how a browser that has just flashed a board tells
// it the network. Pure: bytes in, messages out, and the other way round.
//
// A packet is "IMPROV", version, type, length, data, sum of all before it. Between packets the line carries
// the board's log, so whatever is no packet is passed over.
#pragma once

#include "firmware/core/text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

inline constexpr std::uint8_t improv_version = 1;
// Bytes of a packet around its data, and of that data.
inline constexpr std::size_t improv_head = 9;
inline constexpr std::size_t max_improv_data = 255;

enum class ImprovState : std::uint8_t { ready = 2, provisioning = 3, provisioned = 4 };
enum class ImprovError : std::uint8_t {
  none = 0,
  bad_packet = 1,
  unknown_command = 2,
  cannot_connect = 3,
  unknown = 0xff
};
enum class ImprovCommand : std::uint8_t { send_wifi = 1, get_state = 2, get_info = 3, get_networks = 4 };

struct ImprovRequest {
  std::uint8_t command = 0;  // an ImprovCommand, or one that a newer browser knows
  bool whole = true;         // false: its data contradicts itself
  Text<32> name;             // of send_wifi
  Text<64> password;
};

// Reads a serial line byte by byte.
class ImprovReader {
 public:
  // A request, when this byte completes one. One whose sum is wrong is passed over: it was noise.
  std::optional<ImprovRequest> take(std::uint8_t byte);

 private:
  std::array<std::uint8_t, improv_head + max_improv_data + 1> packet_{};
  std::size_t size_ = 0;
};

using ImprovPacket = Text<improv_head + max_improv_data + 2>;

void write_improv_state(ImprovState state, ImprovPacket& packet);
void write_improv_error(ImprovError error, ImprovPacket& packet);
// The answer to a command: texts, of which those that do not fit are left out.
void write_improv_result(ImprovCommand command, const std::string_view* texts, std::size_t count,
                         ImprovPacket& packet);

}  // namespace heliograph::firmware
