#include "server/http/head.hpp"

#include <boost/beast/http/status.hpp>

namespace heliograph::http {
namespace {

// The dashboard loads nothing from elsewhere, but for the tiles of a map if the owner says whose, and nobody
// may frame it. blob: and data: are pictures a page made itself, or what it read from files of whoever looks
// at it: parts of a program for a board.
std::string page_policy(const std::string& pictures_from) {
  return "default-src 'self'; img-src 'self' blob: data:" +
         (pictures_from.empty() ? "" : ' ' + pictures_from) +
         "; connect-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
         "frame-ancestors "
         "'none'";
}
// The page asks for nothing that a camera, a microphone or a purse could give, and no page that it was opened
// from or opens can reach into it.
constexpr std::string_view page_permissions =
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()";
// Whoever was here once through TLS comes back through TLS for a year. Browsers ignore it for addresses
// without a name.
constexpr std::string_view always_secure = "max-age=31536000";
// What a camera sent is shown, and never run: a picture opened in a tab of its own gets no rights at all, and
// none within another page.
constexpr std::string_view media_policy = "default-src 'none'; sandbox; frame-ancestors 'none'";

std::string_view cache_control(Cache cache) {
  switch (cache) {
    case Cache::never:
      return "no-store";
    case Cache::revalidate:
      return "no-cache";
    case Cache::immutable:
      break;
  }
  return "private, max-age=31536000, immutable";
}

bool is_page(std::string_view content_type) {
  return content_type.starts_with("text/html");
}

std::string content_policy(const Response& response) {
  const std::string_view type = response.content_type;
  if (is_page(type)) return page_policy(response.pictures_from);
  const bool media = type.starts_with("image/") || type.starts_with("video/") || type.starts_with("audio/");
  return std::string(media ? media_policy : std::string_view{});
}

class HeadWriter {
 public:
  explicit HeadWriter(int status) {
    text_.reserve(640);  // most heads, so that one allocation does
    text_ += "HTTP/1.1 ";
    text_ += std::to_string(status);
    text_ += ' ';
    text_ += boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
    text_ += "\r\n";
  }

  void field(std::string_view name, std::string_view value) {
    text_ += name;
    text_ += ": ";
    // A line end in a value would let whoever chose it write fields of their own.
    for (const char c : value) text_ += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    text_ += "\r\n";
  }

  std::string finish() && {
    text_ += "\r\n";
    return std::move(text_);
  }

 private:
  std::string text_;
};

void write_framing(HeadWriter& head, const HeadFacts& facts) {
  if (facts.framing == Framing::length) head.field("Content-Length", std::to_string(facts.length));
  if (facts.framing == Framing::chunked) head.field("Transfer-Encoding", "chunked");
  if (facts.close) head.field("Connection", "close");
}

void write_entity(HeadWriter& head, const HeadFacts& facts) {
  const Entity& entity = *facts.entity;
  head.field("ETag", '"' + std::string(entity.etag) + '"');
  if (entity.modified) head.field("Last-Modified", to_http_date(*entity.modified));
  head.field("Accept-Ranges", "bytes");
  if (facts.status == 206) {
    const std::string last = std::to_string(facts.offset + facts.length - 1);
    const std::string part = std::to_string(facts.offset) + '-' + last;
    head.field("Content-Range", "bytes " + part + '/' + std::to_string(entity.size));
  }
}

}  // namespace

std::string response_head(const Response& response, const HeadFacts& facts) {
  HeadWriter head(facts.status);
  head.field("Date", facts.date);
  write_framing(head, facts);
  if (facts.framing != Framing::none && !response.content_type.empty()) {
    head.field("Content-Type", response.content_type);
    if (facts.gzip) head.field("Content-Encoding", "gzip");
  }
  head.field("Cache-Control", cache_control(response.cache));
  if (facts.entity) write_entity(head, facts);
  if (facts.retry_after.count() > 0) head.field("Retry-After", std::to_string(facts.retry_after.count()));
  for (const auto& [name, value] : response.headers) head.field(name, value);

  head.field("X-Content-Type-Options", "nosniff");
  head.field("Referrer-Policy", "no-referrer");
  head.field("Cross-Origin-Resource-Policy", "same-origin");
  const std::string policy = content_policy(response);
  if (!policy.empty()) head.field("Content-Security-Policy", policy);
  if (is_page(response.content_type)) {
    head.field("Cross-Origin-Opener-Policy", "same-origin");
    head.field("Permissions-Policy", page_permissions);
  }
  if (facts.secure) head.field("Strict-Transport-Security", always_secure);
  return std::move(head).finish();
}

}  // namespace heliograph::http
