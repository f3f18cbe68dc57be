// One HTTP/1.1 response, read as it arrives, in pieces of any size. No allocation: a camera keeps the first
// kilobyte of the body and lets the rest go by.
#pragma once

#include "firmware/core/text.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// Bytes of a body that are kept: a receipt or a problem has about 200, orders with every setting 1,500.
inline constexpr std::size_t max_kept_body = 2048;
// Bytes of a body that are read so that the connection can be used again; a longer one (a portal's page) ends
// it.
inline constexpr std::size_t max_drained_body = 64 * 1024;
// Bytes of a line that are kept: more than any header this client reads. The rest of a longer line is
// skipped.
inline constexpr std::size_t max_kept_line = 256;
// Bytes of all lines (status, headers, chunk sizes, trailers) together; what most servers and proxies allow
// themselves.
inline constexpr std::size_t max_line_bytes = 16 * 1024;

// Where the body of a 206 stands in the whole.
struct ContentRange {
  std::optional<std::uint64_t> first;  // none: nothing was said, or nothing that could be read
};

// What an answer about a resumable upload says of it in its head; what it does not say is empty.
struct UploadNews {
  Text<96> location;                    // where the upload is
  std::optional<std::uint64_t> offset;  // bytes that are there
  Text<16> image_id;                    // it is an image now
  bool has_orders = false;              // there is something to do: it is too long to be kept here
};

// A strong ETag without its quotes: the server's are digests in hexadecimal.
using EntityTag = Text<72>;

// Takes the bytes of a body as they come, for what is larger than max_kept_body.
class BodySink {
 public:
  // Of an answer with this status, whose head is known.
  virtual void take(int status, const ContentRange& range, const char* data, std::size_t size) = 0;

 protected:
  ~BodySink() = default;
};

class HttpResponse {
 public:
  // Forgets everything; the next bytes begin a response. `sink` is handed its body besides, until the next
  // clear(), which it must outlive.
  void clear(BodySink* sink = nullptr);

  // Takes the next bytes and returns how many belong to this response: fewer than `size` only when it is done
  // or failed.
  std::size_t feed(const char* data, std::size_t size);

  // The connection ended: the end of a response without a length, and a failure in the middle of any other.
  void end_of_stream();

  // Nothing of it has arrived yet.
  bool untouched() const { return untouched_; }
  // status() and what the headers say are known.
  bool head_complete() const { return head_complete_; }
  bool done() const { return state_ == State::done; }
  // It is not HTTP as this client understands it. Final.
  bool failed() const { return state_ == State::failed; }

  int status() const { return head_.status; }
  // Whether the connection may carry another request. False until done().
  bool keep_alive() const { return done() && head_.keep_alive; }
  // Retry-After, whether it came as seconds or as a date.
  std::optional<std::int64_t> retry_after_ms() const;
  // Date: milliseconds since 1970 UTC.
  std::optional<std::int64_t> date_ms() const { return head_.date_ms; }
  // Content-Range.
  const ContentRange& content_range() const { return head_.range; }
  // ETag; empty: there was none, or none that is worth asking by.
  const EntityTag& entity_tag() const { return head_.entity_tag; }
  const UploadNews& upload() const { return head_.upload; }
  // The first max_kept_body bytes.
  std::string_view body() const { return body_.view(); }

 private:
  enum class State {
    status_line,
    header,
    body,  // remaining_ bytes, or until the connection ends
    chunk_size,
    chunk_data,  // remaining_ bytes
    chunk_end,   // the line end behind a chunk
    trailer,
    done,
    failed
  };

  bool in_line() const;
  void take_line();
  void read_status_line(std::string_view line);
  void read_header(std::string_view line);
  void read_content_length(std::string_view value);
  void read_transfer_encoding(std::string_view value);
  void read_content_range(std::string_view value);
  void read_entity_tag(std::string_view value);
  void read_upload_header(std::string_view name, std::string_view value);
  void end_of_head();
  void read_chunk_size(std::string_view line);
  std::size_t take_body(const char* data, std::size_t size);
  void fail() { state_ = State::failed; }

  struct Head {
    int status = 0;
    bool keep_alive = true;
    bool chunked = false;
    std::optional<std::uint64_t> content_length;
    std::optional<std::int64_t> date_ms;
    std::optional<std::int64_t> retry_after_s;
    std::optional<std::int64_t> retry_at_ms;
    ContentRange range;
    EntityTag entity_tag;
    UploadNews upload;
  };

  State state_ = State::status_line;
  bool untouched_ = true;
  bool head_complete_ = false;
  Head head_;
  bool until_close_ = false;     // the body has no length
  std::uint64_t remaining_ = 0;  // bytes of this body or chunk that are still to come
  std::size_t line_bytes_ = 0;
  std::size_t body_size_ = 0;
  Text<max_kept_line> line_;
  Text<max_kept_body> body_;
  BodySink* sink_ = nullptr;
};

}  // namespace heliograph::firmware
