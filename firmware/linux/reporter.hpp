// Says on standard output what the cameras of this process do, and counts it. Any thread.
#pragma once

#include "firmware/core/platform/log.hpp"

#include <cstdint>
#include <mutex>

namespace heliograph::firmware {

struct Totals {
  std::uint64_t captured = 0;
  std::uint64_t capture_failures = 0;
  std::uint64_t sent = 0;
  std::uint64_t duplicates = 0;  // of those sent: the server had them already
  std::uint64_t refused = 0;
  std::uint64_t dropped = 0;  // from a full spool
  std::uint64_t damaged = 0;
};

class Reporter {
 public:
  enum class Format {
    text,  // a line for a person, where there is something to say
    json   // an object per event, and a last one with the totals
  };
  // With one camera, lines need not say which.
  Reporter(Format format, int camera_count) : format_(format), camera_count_(camera_count) {}

  void record(int camera, const Event& event);

  // The last line. `waiting` counts what is left in all spools.
  void finish(std::uint64_t waiting);

  Totals totals() const;

 private:
  void count(const Event& event);

  const Format format_;
  const int camera_count_;
  mutable std::mutex mutex_;
  Totals totals_;  // guarded by mutex_
};

// One camera's way to the reporter.
class CameraLog final : public Log {
 public:
  CameraLog(Reporter& reporter, int camera) : reporter_(reporter), camera_(camera) {}
  void record(const Event& event) override { reporter_.record(camera_, event); }

 private:
  Reporter& reporter_;
  const int camera_;
};

}  // namespace heliograph::firmware
