// What the network's supervisor is told by other tasks, in the order in which it happened. Drivers' handlers
// only say what was; the supervisor decides.
#pragma once

#include <cstdint>

#include <freertos/FreeRTOS.h>
#include <freertos/queue.h>

namespace heliograph::firmware {

struct LinkEvent {
  enum class Kind : std::uint8_t {
    wifi_up,
    wifi_lost,  // `reason`
    modem_up,
    modem_lost,
    reached,  // the server answered
    missed,   // it did not
    settings  // somebody entered others
  };
  Kind kind = Kind::reached;
  int reason = 0;
};

// Events that wait at once; what comes more is told again by its driver, or is not needed.
inline constexpr unsigned max_link_events = 32;

class LinkEvents {
 public:
  LinkEvents() : queue_(xQueueCreate(max_link_events, sizeof(LinkEvent))) {}
  LinkEvents(const LinkEvents&) = delete;
  LinkEvents& operator=(const LinkEvents&) = delete;
  ~LinkEvents() { vQueueDelete(queue_); }

  // Any task; does not wait.
  void tell(LinkEvent::Kind kind, int reason = 0) {
    const LinkEvent event{kind, reason};
    xQueueSend(queue_, &event, 0);
  }

  // Waits for the next one. False: none came in time.
  bool take(LinkEvent& event, std::int64_t patience_ms) {
    const std::int64_t wait_ms = patience_ms > 0 ? patience_ms : 0;
    return xQueueReceive(queue_, &event, pdMS_TO_TICKS(wait_ms)) == pdTRUE;
  }

 private:
  QueueHandle_t queue_;
};

}  // namespace heliograph::firmware
