// The head of POST /device/v1/images: protocol/ put into HTTP.
#pragma once

#include "firmware/core/authorization.hpp"
#include "firmware/core/record.hpp"
#include "firmware/core/text.hpp"
#include "protocol/signature.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// Where pictures go and who sends them. The texts must outlive the agent, and hold no control characters.
struct Server {
  std::string_view host;  // a name or an IP address, without brackets
  std::uint16_t port = 443;
  bool tls = true;
  std::string_view base_path;  // what stands before the API's paths: "" or "/cameras"; no slash at its end
  std::string_view key;
  std::string_view camera = {};  // its id; then uploads are signed, and the key is not sent
};

// Bytes of each text of a Server. A DNS name has at most 253.
inline constexpr std::size_t max_host_length = 253;
inline constexpr std::size_t max_base_path_length = 255;
inline constexpr std::size_t max_key_length = 255;

// All of those, the record's header fields, and about 500 bytes of names around them.
inline constexpr std::size_t max_request_head = 2048;
using RequestHead = Text<max_request_head>;

// The value of Host.
void append_host(const Server& server, RequestHead& head);

// "POST …", Host and User-Agent, without the last line's end.
void write_request_line(std::string_view method, const Server& server, std::string_view path,
                        RequestHead& head);

// A record's header fields as they are sent: `captured_at_ms` may be better known than when it was written.
// The record must outlive this.
class DescribedPicture {
 public:
  DescribedPicture(const Record& record, std::optional<std::int64_t> captured_at_ms);
  // Of POST /device/v1/images. Valid as long as this.
  protocol::SignedFields fields() const;
  void append_headers(RequestHead& head) const;

 private:
  const Record& record_;
  Text<24> sequence_;
  Text<24> captured_at_;  // empty: nobody knows
};

void write_upload_head(const Server& server, const DescribedPicture& picture, std::size_t size,
                       std::string_view authorization, RequestHead& head);

}  // namespace heliograph::firmware
