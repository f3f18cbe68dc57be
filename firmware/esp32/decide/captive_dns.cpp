#include "firmware/esp32/decide/captive_dns.hpp"

#include <cstring>

namespace heliograph::firmware {

namespace {

constexpr std::size_t head_size = 12;
constexpr std::size_t record_size = 16;  // name by reference, type, class, lifetime, length, address
constexpr std::uint8_t type_a = 1;
constexpr std::uint8_t class_in = 1;
constexpr std::size_t max_label = 63;
// Seconds an answer is kept: the phone leaves for another network soon, where the name means another host.
constexpr std::uint8_t lifetime_s = 5;

// Where the name that begins at `at` ends; 0: it does not.
std::size_t end_of_name(const std::uint8_t* query, std::size_t size, std::size_t at) {
  while (at < size) {
    const std::size_t label = query[at];
    if (label == 0) return at + 1;
    if (label > max_label) return 0;  // no references in a question
    at += 1 + label;
  }
  return 0;
}

}  // namespace

std::size_t answer_dns(const std::uint8_t* query, std::size_t size,
                       const std::array<std::uint8_t, 4>& address, std::uint8_t* answer) {
  if (size < head_size || size > max_dns_message - record_size) return 0;
  const bool is_query = (query[2] & 0xf8) == 0;  // a standard one, and no answer
  const bool one_question = query[4] == 0 && query[5] == 1;
  const std::size_t name_end = end_of_name(query, size, head_size);
  if (!is_query || !one_question || name_end == 0 || name_end + 4 > size) return 0;
  const std::uint8_t* asked = query + name_end;
  const bool for_address = asked[0] == 0 && asked[1] == type_a && asked[2] == 0 && asked[3] == class_in;

  const std::size_t question_end = name_end + 4;
  std::memcpy(answer, query, question_end);
  answer[2] = static_cast<std::uint8_t>(0x84 | (query[2] & 1));  // an answer, of who is in charge
  answer[3] = 0x80;
  const std::uint8_t counts[] = {0, 1, 0, static_cast<std::uint8_t>(for_address ? 1 : 0), 0, 0, 0, 0};
  std::memcpy(answer + 4, counts, sizeof counts);
  // "There is no such record" for other types, so that nobody waits for it.
  if (!for_address) return question_end;
  const std::uint8_t record[record_size] = {0xc0,       head_size,  0,          type_a,     0, class_in,
                                            0,          0,          0,          lifetime_s, 0, 4,
                                            address[0], address[1], address[2], address[3]};
  std::memcpy(answer + question_end, record, record_size);
  return question_end + record_size;
}

}  // namespace heliograph::firmware
