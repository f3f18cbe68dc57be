// What passes between a camera's agent and its link, which run on threads of their own: what the agent has to
// say one way, the server's answers the other. The link carries it and does not know what it means; the agent
// does not know how it travels.
//
// One word is on its way at a time, and one answer is kept: orders come whole, so the newest is all there is
// to know. Any method from the thread that it is said to be for.
#pragma once

#include "firmware/core/duties.hpp"
#include "firmware/core/http_response.hpp"
#include "firmware/core/platform/clock.hpp"
#include "firmware/core/platform/lock.hpp"
#include "firmware/core/platform/stream.hpp"
#include "firmware/core/text.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// Bytes of a heartbeat with its type and its number.
inline constexpr std::size_t max_link_word = max_heartbeat + 64;
// Bytes of an answer that are kept: as many as of one over HTTP.
inline constexpr std::size_t max_link_answer = max_kept_body;

class LinkMail {
 public:
  // What the agent waits on, and the link while it is connected. All outlive this.
  LinkMail(Clock& agent, Stream& link, Lock& lock) : agent_(agent), link_(link), lock_(lock) {}
  LinkMail(const LinkMail&) = delete;
  LinkMail& operator=(const LinkMail&) = delete;

  // --- for the agent ---
  struct News {
    bool up = false;  // the link stands
    bool changed =
        false;            // it was made, or lost, since the last time: what was said and not answered is lost
    bool called = false;  // the server has orders, and wants to be asked
    std::optional<std::uint32_t> answered;  // the number of what was said
    std::string_view answer;                // to it, until the next say()
  };
  // What came since it was asked last.
  News take();
  // Says a heartbeat: a JSON object with one member at least. Returns its number, which no other one has.
  // False when the link is down.
  std::optional<std::uint32_t> say(std::string_view heartbeat);
  // The camera sleeps until then (of the link's clock, too): the link ends, and is made again after it.
  void rest(std::int64_t until_ms);

  // --- for the link ---
  void stands(bool up);
  void called();
  // Nothing, unless that was said last, and was not answered yet.
  void answered(std::uint32_t number, std::string_view text);
  bool has_word() const;
  // Writes the next word, of max_link_word bytes at most, and returns its length; 0: there is none.
  std::size_t next(char* out);
  std::int64_t rests_until_ms() const;

 private:
  Clock& agent_;
  Stream& link_;
  Lock& lock_;  // guards all that follows
  News news_;
  // Written only while one is awaited, which begins with what the agent says: in between it is the agent's.
  Text<max_link_answer> answer_;
  Text<max_link_word> word_;
  std::uint32_t number_ = 0;  // of the last word
  bool awaited_ = false;      // its answer
  std::int64_t rest_until_ms_ = 0;
};

}  // namespace heliograph::firmware
