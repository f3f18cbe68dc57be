// How much goes over a network: a stream that counts what passes through it. Several may count together.
#pragma once

#include "firmware/core/platform/stream.hpp"

#include <atomic>
#include <cstdint>

namespace heliograph::firmware {

// Bytes both ways, without what TLS, TCP and IP add: about a tenth for pictures. Any thread.
class Traffic {
 public:
  void add(std::size_t bytes) { bytes_ += static_cast<std::uint32_t>(bytes); }
  // Since the last call.
  std::int64_t take() { return bytes_.exchange(0); }

 private:
  // 32 bits, because a board's processor has no larger atomics of its own; it is taken after each exchange.
  std::atomic<std::uint32_t> bytes_{0};
};

class MeteredStream final : public Stream {
 public:
  // Both outlive this.
  MeteredStream(Stream& stream, Traffic& traffic) : stream_(stream), traffic_(traffic) {}

  IoStatus connect(const Address& address, std::int64_t deadline_ms) override {
    return stream_.connect(address, deadline_ms);
  }
  IoResult read_some(char* out, std::size_t capacity, std::int64_t deadline_ms) override {
    return counted(stream_.read_some(out, capacity, deadline_ms));
  }
  IoResult write_some(const char* data, std::size_t size, std::int64_t deadline_ms) override {
    return counted(stream_.write_some(data, size, deadline_ms));
  }
  void close() override { stream_.close(); }
  void wake() override { stream_.wake(); }
  std::string_view error_text() const override { return stream_.error_text(); }

 private:
  IoResult counted(const IoResult& result) {
    traffic_.add(result.size);
    return result;
  }

  Stream& stream_;
  Traffic& traffic_;
};

}  // namespace heliograph::firmware
