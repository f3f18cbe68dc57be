// One command, from when it is told until its end has been reported, and how that is written down.
//
// A value that knows no storage: who owns it says when it must be durable. What must not be in it: how
// anything is carried out.
#pragma once

#include "firmware/core/orders.hpp"
#include "firmware/core/text.hpp"

#include <cstdint>
#include <string_view>

namespace heliograph::firmware {

enum class Outcome { succeeded, failed, rejected };

// Bytes of what is said of a command's end, as JSON, and of why it came to no good one.
using ResultText = Text<192>;
using ReasonText = Text<96>;
// Bytes of an errand in a file, or in a report.
inline constexpr std::size_t max_errand_text = 576;
using ErrandText = Text<max_errand_text>;

class Errand {
 public:
  // Takes the command, unless there is one already or it is the one before. None twice.
  void take(const CommandOrder& order);
  // It waits to be carried out.
  bool is_told() const { return stage_ == Stage::told; }
  // It is going to be carried out now.
  void begin();
  bool has_begun() const { return stage_ == Stage::begun; }
  void end(Outcome outcome, std::string_view reason, std::string_view result);
  bool has_ended() const { return stage_ == Stage::ended; }
  // That it has begun, or how it ended, is known to the server.
  void reported();

  const CommandOrder& order() const { return order_; }
  // Nobody was told yet that it has begun; after a restart that is told again, which is harmless.
  bool is_unheard() const { return has_begun() && !begin_reported_; }

  // `{"command":"…","state":"accepted"}` and so on. Empty: there is nothing to say.
  ErrandText report() const;

  // As a JSON object, and back. What only waits is not in it: the server tells it again.
  ErrandText to_json() const;
  void restore(std::string_view json);

 private:
  enum class Stage { none, told, begun, ended };

  Stage stage_ = Stage::none;
  CommandOrder order_;
  CommandId last_;  // the one before, whose end was reported: the server may not know that yet
  Outcome outcome_ = Outcome::failed;
  ReasonText reason_;
  ResultText result_;
  bool begin_reported_ = false;
};

}  // namespace heliograph::firmware
