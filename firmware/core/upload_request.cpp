#include "firmware/core/upload_request.hpp"

#include "protocol/upload.hpp"

namespace heliograph::firmware {

static_assert(max_host_length + max_base_path_length + max_authorization + protocol::max_boot_id_length +
                  protocol::max_telemetry_length + 384 + 512 <=
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

void write_upload_head(const Server& server, const Record& record, std::optional<std::int64_t> captured_at_ms,
                       std::string_view authorization, std::string_view report, RequestHead& head) {
  head.clear();
  write_request_line("POST", server, protocol::images_path, head);
  head.append("\r\nAuthorization: ").append(authorization);
  head.append("\r\nContent-Type: image/jpeg\r\nContent-Length: ").append_number(record.picture.size);
  head.append("\r\n").append(protocol::boot_header).append(": ").append(record.boot);
  head.append("\r\n").append(protocol::sequence_header).append(": ").append_number(record.sequence);
  if (captured_at_ms) {
    head.append("\r\n").append(protocol::captured_at_header).append(": ").append_number(*captured_at_ms);
  }
  if (!record.telemetry.empty()) {
    head.append("\r\n").append(protocol::telemetry_header).append(": ").append(record.telemetry);
  }
  if (!report.empty()) head.append("\r\n").append(protocol::report_header).append(": ").append(report);
  head.append("\r\n\r\n");
}

}  // namespace heliograph::firmware
