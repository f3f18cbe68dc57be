// A stream that tells whether the server is there: what the network's supervisor goes by. An address is not a
// connection; an answer is.
#pragma once

#include "firmware/core/platform/stream.hpp"

namespace heliograph::firmware {

class Reachability {
 public:
  // Any task.
  virtual void reached() = 0;
  virtual void missed() = 0;
  // Bytes went over it, one way or the other.
  virtual void moved() = 0;

 protected:
  ~Reachability() = default;
};

class WatchedStream final : public Stream {
 public:
  // Both outlive this.
  WatchedStream(Stream& stream, Reachability& reachability) : stream_(stream), reachability_(reachability) {}

  IoStatus connect(const Address& address, std::int64_t deadline_ms) override {
    const IoStatus status = stream_.connect(address, deadline_ms);
    if (status != IoStatus::ok) reachability_.missed();
    return status;
  }
  IoResult read_some(char* out, std::size_t capacity, std::int64_t deadline_ms) override {
    const IoResult result = stream_.read_some(out, capacity, deadline_ms);
    if (result.status == IoStatus::ok) {
      reachability_.moved();
      reachability_.reached();
    }
    if (result.status == IoStatus::failed) reachability_.missed();
    return result;
  }
  // One that takes nothing is as far away as one that does not answer.
  IoResult write_some(const char* data, std::size_t size, std::int64_t deadline_ms) override {
    const IoResult result = stream_.write_some(data, size, deadline_ms);
    if (result.status == IoStatus::ok) {
      reachability_.moved();
    } else {
      reachability_.missed();
    }
    return result;
  }
  void wake() override { stream_.wake(); }
  void close() override { stream_.close(); }
  std::string_view error_text() const override { return stream_.error_text(); }

 private:
  Stream& stream_;
  Reachability& reachability_;
};

}  // namespace heliograph::firmware
