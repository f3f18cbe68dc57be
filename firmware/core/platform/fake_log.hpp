// Remembers what happened as lines that a test can compare: "sent 3 duplicate".
#pragma once

#include "firmware/core/platform/log.hpp"

#include <string>
#include <vector>

namespace heliograph::firmware {

class FakeLog final : public Log {
 public:
  void record(const Event& event) override { lines.push_back(describe(event)); }

  std::vector<std::string> lines;

 private:
  static std::string describe(const Event& event) {
    const std::string picture = " " + std::to_string(event.sequence);
    const std::string detail = event.detail.empty() ? "" : ": " + std::string(event.detail);
    switch (event.kind) {
      case EventKind::recovered:
        return "recovered " + std::to_string(event.waiting) + " lost " + std::to_string(event.lost) + detail;
      case EventKind::captured:
        return "captured" + picture;
      case EventKind::capture_failed:
        return "capture failed" + detail;
      case EventKind::unspooled:
        return "unspooled" + picture + detail;
      case EventKind::dropped:
        return "dropped " + std::to_string(event.lost);
      case EventKind::damaged:
        return "damaged";
      case EventKind::sent:
        return "sent" + picture + (event.duplicate ? " duplicate" : "");
      case EventKind::refused:
        return "refused" + picture + " " + std::to_string(event.status) + detail;
      case EventKind::linked:
        return "linked";
      case EventKind::link_lost:
        return "link lost" + detail;
      case EventKind::updating:
        return "updating " + std::string(event.label);
      case EventKind::trusting:
        return "trusting" + detail;
      case EventKind::obeyed:
        return "obeyed " + std::string(event.label);
      case EventKind::identified:
        return "identified" + detail;
      case EventKind::set:
        return "set" + detail;
      case EventKind::spent:
        return "spent" + detail;
      case EventKind::postponed:
        return "postponed" + picture + (event.status ? " " + std::to_string(event.status) : "") + detail;
    }
    return "?";
  }
};

}  // namespace heliograph::firmware
