// multipart/form-data (RFC 7578), read from pieces as they come: forms, and the many sketches that write one.
//
// Pure: no I/O, no knowledge of pictures, and nothing kept but one part's header. Written by hand, because no
// library of Debian 12 fits a body that is pulled piece by piece: libmicrohttpd's post processor works only
// on its own connections, Poco's reader pulls from a blocking stream, libapreq2 wants APR's pools and
// buckets, and cpp-httplib's is private to it.
//
// As lenient as cameras need: a form without its closing boundary ends where its bytes end, one whose closing
// boundary comes early ends there, and what stands before the first boundary or behind the last is ignored.
#pragma once

#include "server/base/error.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace heliograph::http {

// RFC 2046, 5.1.1.
inline constexpr std::size_t max_boundary_bytes = 70;
// The header of one part. A browser's is below 300 bytes, a camera's below 150.
inline constexpr std::size_t max_part_head_bytes = 2048;
// Parts of one form. The largest form we know of, a printer camera's, has six.
inline constexpr std::size_t max_form_parts = 32;
// What may stand before the first boundary. A form has nothing there; a longer wait for a boundary that never
// comes would be the whole body.
inline constexpr std::size_t max_preamble_bytes = 1024;

// The boundary of a multipart/form-data Content-Type. The whole value may stand in quotes, as some cameras
// send it. nullopt: it is another type. bad_request: it has no boundary, or one that cannot be.
Result<std::optional<std::string>> form_boundary(std::string_view content_type);

// What a part says of itself; empty where it says nothing.
struct PartHead {
  std::string name;
  std::string filename;
  std::string type;  // in lower case, without parameters
};

class MultipartReader {
 public:
  // `boundary` as form_boundary gives it.
  explicit MultipartReader(std::string_view boundary);

  enum class Event {
    starved,   // the input is used up
    part,      // a part begins: see part()
    bytes,     // of the part
    part_end,  // it was whole
    end        // the closing boundary; what follows is none of the form's
  };
  struct Step {
    Event event = Event::starved;
    std::span<const std::uint8_t> bytes;  // in the input or in the reader: good until either changes
  };

  // Takes bytes from the front of `input` until there is something to say. bad_request: this is no form, or
  // one beyond the limits; it stays so.
  Result<Step> next(std::span<const std::uint8_t>& input);

  // The part that began last.
  const PartHead& part() const { return part_; }

 private:
  enum class State { preamble, part, behind_boundary, dash, padding, line_end, head, ended };

  Step search(std::span<const std::uint8_t>& input);
  Result<void> take_boundary_end(char c);
  Result<bool> take_head(char c);
  Error refuse(std::string detail);

  const std::string delimiter_;  // CR LF "--" boundary
  State state_ = State::preamble;
  std::size_t matched_ = 2;  // of the delimiter, at the end of what was taken: a form may begin without CR LF
  std::size_t preamble_bytes_ = 0;
  std::size_t parts_ = 0;
  std::size_t padding_bytes_ = 0;
  std::string head_;
  PartHead part_;
  std::optional<Error> error_;
};

}  // namespace heliograph::http
