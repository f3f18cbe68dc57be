#include "server/openid/metadata.hpp"

#include "server/base/base64.hpp"
#include "server/base/utf8.hpp"

#include <algorithm>
#include <array>

#include <boost/json.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace heliograph::openid {
namespace {

namespace json = boost::json;
namespace urls = boost::urls;

Error wrong(std::string what) {
  return {ErrorKind::unprocessable, std::move(what)};
}

Result<json::object> parse_object(std::string_view text, std::string_view what) {
  boost::system::error_code failed;
  json::value value = json::parse({text.data(), text.size()}, failed);
  if (failed || !value.is_object()) return wrong(std::string(what) + " is no JSON object");
  return std::move(value.get_object());
}

std::optional<std::string> text_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains({name.data(), name.size()});
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string().data(), value->get_string().size());
}

// Is the list there, and without this word?
bool lacks(const json::object& object, std::string_view name, std::string_view word) {
  const auto* list = object.if_contains({name.data(), name.size()});
  if (list == nullptr || !list->is_array()) return false;
  return std::ranges::none_of(list->get_array(), [word](const json::value& one) {
    return one.is_string() && std::string_view(one.get_string().data(), one.get_string().size()) == word;
  });
}

bool is_this_machine(std::string_view host) {
  return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

// May something be asked there that nobody on the way may read or change?
bool is_safe(std::string_view address) {
  if (!address.starts_with("https://") && !address.starts_with("http://")) return false;
  const auto url = urls::parse_absolute_uri(address);
  if (url.has_error() || url->has_userinfo() || url->host().empty()) return false;
  // Boost.URL 1.81 takes http://127.0.0.1.elsewhere for the path ".elsewhere" at 127.0.0.1; libcurl does not.
  const std::string_view path(url->encoded_path().data(), url->encoded_path().size());
  if (!path.empty() && !path.starts_with('/')) return false;
  if (url->scheme_id() == urls::scheme::https) return true;
  return url->scheme_id() == urls::scheme::http && is_this_machine(std::string(url->encoded_host()));
}

// What makes a public key, and nothing else of it: what libcjose reads is looked at before, because it ends
// the process where a text is not quite base64url. nullopt: it is none of the two kinds.
std::optional<std::string> public_part(const json::object& key, std::string_view kty) {
  json::object part{{"kty", json::string(kty.data(), kty.size())}};
  if (kty == "EC") {
    const auto curve = text_in(key, "crv");
    if (!curve) return std::nullopt;
    part["crv"] = *curve;
  }
  using Names = std::array<std::string_view, 2>;
  for (const std::string_view name : kty == "EC" ? Names{"x", "y"} : Names{"n", "e"}) {
    const auto number = text_in(key, name);
    if (!number || !is_base64url(*number)) return std::nullopt;
    part[json::string_view(name.data(), name.size())] = *number;
  }
  return json::serialize(part);
}

}  // namespace

Result<void> check_issuer(std::string_view issuer) {
  if (is_safe(issuer) && issuer.find_first_of("?#") == std::string_view::npos) return {};
  return Error{ErrorKind::bad_request,
               "an issuer is an address like https://accounts.example.org, with https unless it is on this "
               "machine, and without ? and #"};
}

std::string metadata_url(std::string_view issuer) {
  if (issuer.ends_with('/')) issuer.remove_suffix(1);
  return std::string(issuer) + "/.well-known/openid-configuration";
}

Result<Metadata> parse_metadata(std::string_view text, std::string_view issuer) {
  const auto object = parse_object(text, "the provider's metadata");
  if (!object) return object.error();
  const auto named = text_in(*object, "issuer");
  if (named != issuer) {
    return wrong("the provider calls itself " + printable(named.value_or("nothing"), 200) +
                 "; the issuer must be written exactly so, and is configured as " + std::string(issuer));
  }
  Metadata metadata;
  const std::pair<std::string_view, std::string*> addresses[] = {
      {"authorization_endpoint", &metadata.authorization_endpoint},
      {"token_endpoint", &metadata.token_endpoint},
      {"jwks_uri", &metadata.jwks_uri}};
  for (const auto& [name, into] : addresses) {
    const auto address = text_in(*object, name);
    if (!address || !is_safe(*address)) {
      return wrong("the provider's " + std::string(name) + " is no address with https");
    }
    *into = *address;
  }
  constexpr std::string_view methods = "token_endpoint_auth_methods_supported";
  metadata.secret_in_header =
      !lacks(*object, methods, "client_secret_basic") || lacks(*object, methods, "client_secret_post");
  const auto* names_itself = object->if_contains("authorization_response_iss_parameter_supported");
  metadata.names_itself = names_itself != nullptr && names_itself->is_bool() && names_itself->get_bool();
  return metadata;
}

Result<std::vector<Key>> parse_keys(std::string_view text) {
  const auto object = parse_object(text, "the provider's set of keys");
  if (!object) return object.error();
  const auto* list = object->if_contains("keys");
  if (list == nullptr || !list->is_array()) return wrong("the provider's set of keys has no list of keys");
  if (list->get_array().size() > max_keys) {
    return wrong("the provider has more than " + std::to_string(max_keys) + " keys");
  }
  std::vector<Key> keys;
  for (const json::value& one : list->get_array()) {
    if (!one.is_object()) continue;
    const json::object& members = one.get_object();
    auto kty = text_in(members, "kty");
    if (kty != "RSA" && kty != "EC") continue;
    if (text_in(members, "use").value_or("sig") != "sig") continue;
    auto part = public_part(members, *kty);
    if (part)
      keys.push_back({std::move(*kty), text_in(members, "kid"), text_in(members, "alg"), std::move(*part)});
  }
  return keys;
}

Result<Tokens> parse_tokens(std::string_view text) {
  const auto object = parse_object(text, "the provider's answer to the code");
  if (!object) return object.error();
  auto id_token = text_in(*object, "id_token");
  if (!id_token)
    return wrong("the provider's answer to the code holds no ID token: is `openid` among the scopes?");
  return Tokens{std::move(*id_token), text_in(*object, "access_token").value_or("")};
}

std::string parse_refusal(std::string_view text) {
  constexpr std::size_t longest = 100;  // bytes; those of the standard have 22
  const auto object = parse_object(text, "a refusal");
  if (!object) return {};
  return printable(text_in(*object, "error").value_or(""), longest);
}

}  // namespace heliograph::openid
