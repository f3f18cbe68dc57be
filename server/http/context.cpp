#include "server/http/context.hpp"

#include <utility>

namespace heliograph::http {

void Counters::count_response(int status) {
  Counter& counter = status < 300   ? responses_2xx
                     : status < 400 ? responses_3xx
                     : status < 500 ? responses_4xx
                                    : responses_5xx;
  ++counter;
}

ServerStats Counters::read() const {
  return {.connections_accepted = connections_accepted,
          .connections_open = connections_open,
          .connections_refused = connections_refused,
          .requests = requests,
          .responses_2xx = responses_2xx,
          .responses_3xx = responses_3xx,
          .responses_4xx = responses_4xx,
          .responses_5xx = responses_5xx,
          .timeouts = timeouts};
}

Context::Context(ServerOptions server_options, const Clock& clock, Log& log)
    : options(std::move(server_options)),
      clock(clock),
      log(log),
      scratch_(std::make_unique_for_overwrite<char[]>(scratch_bytes)) {}

std::string_view Context::date() {
  const Timestamp now = clock.now();
  const std::int64_t second = to_ms(now) / 1000;
  if (second != date_s_) {
    date_ = to_http_date(now);
    date_s_ = second;
  }
  return date_;
}

}  // namespace heliograph::http
