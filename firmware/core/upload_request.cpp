#include "firmware/core/upload_request.hpp"

#include "protocol/upload.hpp"

namespace heliograph::firmware {

static_assert(max_host_length + max_base_path_length + max_authorization + protocol::max_boot_id_length +
                  protocol::max_telemetry_length + 512 <=
              max_request_head);

void append_host(const Server& server, RequestHead& head) {
  const bool ip_v6 = server.host.find(':') != std::string_view::npos;
  if (ip_v6) head.append('[');
  head.append(server.host);
  if (ip_v6) head.append(']');
  const std::uint16_t usual_port = server.tls ? 443 : 80;
  if (server.port != usual_port) head.append(':').append_number(server.port);
}

void write_request_line(std::string_view method, const Server& server, std::string_view path,
                        RequestHead& head) {
  head.append(method).append(" ").append(server.base_path).append(path).append(" HTTP/1.1\r\nHost: ");
  append_host(server, head);
  head.append("\r\nUser-Agent: heliograph-cam");
}

DescribedPicture::DescribedPicture(const Record& record, std::optional<std::int64_t> captured_at_ms)
    : record_(record) {
  sequence_.append_number(record.sequence);
  if (captured_at_ms) captured_at_.append_number(*captured_at_ms);
}

protocol::SignedFields DescribedPicture::fields() const {
  return {"POST",           protocol::images_path, record_.boot,
          sequence_.view(), captured_at_.view(),   record_.telemetry};
}

void DescribedPicture::append_headers(RequestHead& head) const {
  head.append("\r\n").append(protocol::boot_header).append(": ").append(record_.boot);
  head.append("\r\n").append(protocol::sequence_header).append(": ").append(sequence_.view());
  if (!captured_at_.empty()) {
    head.append("\r\n").append(protocol::captured_at_header).append(": ").append(captured_at_.view());
  }
  if (!record_.telemetry.empty()) {
    head.append("\r\n").append(protocol::telemetry_header).append(": ").append(record_.telemetry);
  }
}

void write_upload_head(const Server& server, const DescribedPicture& picture, std::size_t size,
                       std::string_view authorization, RequestHead& head) {
  head.clear();
  write_request_line("POST", server, protocol::images_path, head);
  head.append("\r\nAuthorization: ").append(authorization);
  head.append("\r\nContent-Type: image/jpeg\r\nContent-Length: ").append_number(size);
  picture.append_headers(head);
  head.append("\r\n\r\n");
}

}  // namespace heliograph::firmware
