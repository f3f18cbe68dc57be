#include "server/http/forwarded.hpp"

#include "server/http/text.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace heliograph::http {
namespace {

constexpr std::string_view for_name = "X-Forwarded-For";
constexpr std::string_view proto_name = "X-Forwarded-Proto";

// The values of all fields of a name as one list, read from its end.
class FromTheRight {
 public:
  FromTheRight(std::span<const std::pair<std::string, std::string>> headers, std::string_view name)
      : headers_(headers), name_(name) {}

  std::optional<std::string_view> next() {
    while (!rest_) {
      if (headers_.empty()) return std::nullopt;
      const auto& [name, value] = headers_.back();
      if (equals_ignoring_case(name, name_)) rest_ = value;
      headers_ = headers_.first(headers_.size() - 1);
    }
    const auto comma = rest_->rfind(',');
    const bool last = comma == std::string_view::npos;
    const std::string_view entry = trim(last ? *rest_ : rest_->substr(comma + 1));
    if (last) {
      rest_.reset();
    } else {
      rest_ = rest_->substr(0, comma);
    }
    return entry;
  }

 private:
  std::span<const std::pair<std::string, std::string>> headers_;
  const std::string_view name_;
  std::optional<std::string_view> rest_;  // of the field that is being read
};

bool is_port(std::string_view text) {
  constexpr std::size_t most_digits = 5;
  return !text.empty() && text.size() <= most_digits &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Some load balancers write the port too: "203.0.113.7:4711", "[2001:db8::7]:4711".
std::optional<AddressBytes> parse_entry(std::string_view entry) {
  if (entry.starts_with('[')) {
    const auto [address, behind] = split_once(entry.substr(1), ']');
    const bool closed = entry.size() > address.size() + 1;
    const bool v6 = address.find(':') != std::string_view::npos;
    const bool port_or_nothing = behind.empty() || (behind.front() == ':' && is_port(behind.substr(1)));
    return closed && v6 && port_or_nothing ? parse_address(address) : std::nullopt;
  }
  const auto [address, port] = split_once(entry, ':');
  if (address.find('.') != std::string_view::npos && is_port(port)) return parse_address(address);
  return parse_address(entry);
}

}  // namespace

Caller caller_of(const Caller& connection, std::span<const std::pair<std::string, std::string>> headers,
                 std::span<const Network> trusted) {
  if (!is_in(trusted, connection.address)) return connection;
  Caller caller = connection;
  FromTheRight addresses(headers, for_name);
  while (is_in(trusted, caller.address)) {
    const auto entry = addresses.next();
    const auto address = entry ? parse_entry(*entry) : std::nullopt;
    if (!address) break;
    caller.address = *address;
  }
  const auto proto = FromTheRight(headers, proto_name).next().value_or("");
  if (equals_ignoring_case(proto, "https")) caller.secure = true;
  if (equals_ignoring_case(proto, "http")) caller.secure = false;
  return caller;
}

}  // namespace heliograph::http
