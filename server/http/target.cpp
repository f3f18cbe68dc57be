#include "server/http/http.hpp"
#include "server/http/text.hpp"

#include <utility>

#include <boost/url/encode.hpp>
#include <boost/url/grammar/lut_chars.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/pct_string_view.hpp>
#include <boost/url/rfc/pchars.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <boost/url/url_view.hpp>

namespace heliograph::http {
namespace {

namespace urls = boost::urls;

Error bad_target(std::string_view why) {
  return {ErrorKind::bad_request, "the address in the request line " + std::string(why)};
}

// The end of the text for whoever passes it on as a C string.
bool holds_nul(std::string_view text) {
  return text.find('\0') != std::string_view::npos;
}

// Decodes segment by segment, because a decoded '/' must not become a separator, nor "%2e%2e" a way out.
Result<std::string> decode_path(std::string_view encoded) {
  if (encoded.empty()) return std::string("/");  // "http://host", absolute form
  std::string path;
  path.reserve(encoded.size());
  std::string_view rest = encoded.substr(1);
  for (bool last = false; !last;) {
    const auto [raw, after] = split_once(rest, '/');
    last = raw.size() == rest.size();
    rest = after;
    const std::string segment = urls::pct_string_view(raw).decode();
    if (segment == "." || segment == "..") return bad_target("must not hold '.' or '..' segments");
    if (segment.find('/') != std::string::npos) return bad_target("must not hold an encoded '/'");
    if (holds_nul(segment)) return bad_target("must not hold a NUL");
    path += '/';
    path += segment;
  }
  return path;
}

}  // namespace

Result<Target> parse_target(std::string_view target) {
  const bool origin_form = target.starts_with('/');
  const auto url = origin_form ? urls::parse_origin_form(target) : urls::parse_absolute_uri(target);
  if (url.has_error()) return bad_target("is not a valid one");
  if (!origin_form && url->scheme_id() != urls::scheme::http && url->scheme_id() != urls::scheme::https) {
    return bad_target("must begin with '/', http:// or https://");
  }
  Result<std::string> path = decode_path(url->encoded_path());
  if (!path) return path.error();

  Target result{std::move(*path), {}};
  for (const urls::param& param : url->params(urls::encoding_opts(/*space_as_plus=*/true))) {
    if (param.key.empty() && !param.has_value) continue;  // "?" alone, "&&"
    if (holds_nul(param.key) || holds_nul(param.value)) return bad_target("must not hold a NUL");
    result.query.emplace_back(param.key, param.value);
  }
  return result;
}

std::string write_target(const Target& target) {
  std::string text = urls::encode(target.path, urls::pchars + urls::grammar::lut_chars('/'));
  char separator = '?';
  for (const auto& [key, value] : target.query) {
    text += std::exchange(separator, '&');
    text += urls::encode(key, urls::unreserved_chars) + '=' + urls::encode(value, urls::unreserved_chars);
  }
  return text;
}

}  // namespace heliograph::http
