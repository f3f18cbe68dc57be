// Markers of a JPEG (ITU T.81, table B.1): the byte behind an FF. For those who walk over them.
#pragma once

#include <cstdint>

namespace heliograph::media::marker {

inline constexpr std::uint8_t stuffed = 0x00;  // not a marker: an FF of the data itself
inline constexpr std::uint8_t fill = 0xFF;     // any number of them may stand before a marker
inline constexpr std::uint8_t sof0 = 0xC0;     // frame header, baseline
inline constexpr std::uint8_t sof2 = 0xC2;     // … progressive; SOF1 between them is extended sequential
inline constexpr std::uint8_t sof15 = 0xCF;
inline constexpr std::uint8_t dht = 0xC4;  // the tables among the frame headers' codes
inline constexpr std::uint8_t jpg = 0xC8;  // reserved among them
inline constexpr std::uint8_t dac = 0xCC;
inline constexpr std::uint8_t rst0 = 0xD0;
inline constexpr std::uint8_t rst7 = 0xD7;
inline constexpr std::uint8_t soi = 0xD8;
inline constexpr std::uint8_t eoi = 0xD9;
inline constexpr std::uint8_t sos = 0xDA;
inline constexpr std::uint8_t dri = 0xDD;  // SOS, DQT, DNL, DRI are the segments from here down to SOS
inline constexpr std::uint8_t app0 = 0xE0;
inline constexpr std::uint8_t app1 = 0xE1;
inline constexpr std::uint8_t app2 = 0xE2;
inline constexpr std::uint8_t app14 = 0xEE;
inline constexpr std::uint8_t app15 = 0xEF;
inline constexpr std::uint8_t com = 0xFE;

constexpr bool is_restart(std::uint8_t code) {
  return code >= rst0 && code <= rst7;
}
constexpr bool is_frame_header(std::uint8_t code) {
  return code >= sof0 && code <= sof15 && code != dht && code != dac && code != jpg;
}
// What a program or a person wrote beside the picture.
constexpr bool is_note(std::uint8_t code) {
  return (code >= app0 && code <= app15) || code == com;
}
constexpr bool is_segment(std::uint8_t code) {
  return is_frame_header(code) || code == dht || code == dac || (code >= sos && code <= dri) || is_note(code);
}

}  // namespace heliograph::media::marker
