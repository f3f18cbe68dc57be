// A piece's checksum, worked out while the piece comes in.
#pragma once

#include "server/http/api/tus_headers.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace heliograph::http {

// What Tus-Checksum-Algorithm lists. The protocol asks for sha1; ESP32s have both in hardware.
inline constexpr std::string_view checksum_algorithms = "sha1,sha256";

class RunningChecksum {
 public:
  // bad_request: an algorithm that is not in the list.
  static Result<RunningChecksum> begin(const TusChecksum& expected);

  void update(std::span<const std::uint8_t> bytes);
  // Ends it: are the bytes those that were meant?
  bool matches();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  using Context = std::unique_ptr<evp_md_ctx_st, Free>;

  RunningChecksum(Context context, std::string expected)
      : context_(std::move(context)), expected_(std::move(expected)) {}

  Context context_;
  std::string expected_;
};

}  // namespace heliograph::http
