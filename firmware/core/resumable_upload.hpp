// One large picture, sent in pieces that go on where the link broke: which request is next, and what follows
// from its answer (protocol/README.md, When the link drops). Sends nothing itself.
//
// A piece is what a cut costs at most. Where the link broke, and after a restart, the server is asked how
// much it has, by the picture's name: nothing of this need be written down. Belongs to the agent's thread.
#pragma once

#include "firmware/core/upload_request.hpp"
#include "firmware/core/verdict.hpp"
#include "protocol/upload.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// Pictures of so many bytes go in pieces: below that a whole one costs no more than what is said around
// pieces and the waiting for their answers.
inline constexpr std::size_t min_resumable_size = 256 * 1024;
// Bytes of a piece: three seconds of a usual LTE cell, half a minute of the slowest line.
inline constexpr std::size_t upload_piece = 64 * 1024;

class ResumableUpload {
 public:
  // This picture is to be sent. The one that was sent last goes on from where it is.
  void begin(std::string_view boot, std::uint64_t sequence, std::size_t size);

  // The next request: a PATCH of path(), or a POST, which names the picture, with `size` bytes from `offset`.
  struct Step {
    bool creates = false;
    std::size_t offset = 0;
    std::size_t size = 0;
  };
  Step next() const;
  void write_head(const Server& server, const DescribedPicture& picture, std::string_view authorization,
                  RequestHead& head) const;

  // What came of the picture; none: go on with next().
  std::optional<Answer> took(ExchangeStatus status, const HttpResponse& response,
                             std::string_view network_error);

 private:
  using Id = Text<protocol::max_boot_id_length>;

  std::optional<Answer> go_on(const HttpResponse& response);
  Answer broken_off(Answer answer);

  Text<protocol::max_boot_id_length> boot_;
  std::uint64_t sequence_ = 0;
  std::size_t size_ = 0;
  Id id_;                   // of the upload; empty: it has none yet
  std::size_t offset_ = 0;  // bytes that the server has
  bool asks_ = false;       // how many it has is not known
  bool progressed_ = false;
};

}  // namespace heliograph::firmware
