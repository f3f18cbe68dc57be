#include "server/app/config_push.hpp"

#include "server/app/config_reader.hpp"

#include <fstream>

namespace heliograph::app {
namespace {

// As a host is written; an IPv6 address in brackets.
bool is_service(std::string_view text) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789.-:[]";
  if (text.starts_with("*.")) text.remove_prefix(2);
  return !text.empty() && text.find_first_not_of(letters) == std::string_view::npos;
}

bool is_contact(std::string_view text) {
  for (const std::string_view scheme : {"mailto:", "https://"}) {
    if (text.starts_with(scheme) && text.size() > scheme.size()) return true;
  }
  return false;
}

}  // namespace

Result<PushConfig> read_push(const Reader& reader) {
  PushConfig push;
  const toml::node* node = reader.table().get("push");
  if (node == nullptr) return push;
  const toml::table* table = node->as_table();
  const auto wrong = [&reader](const toml::node& where, const std::string& what) {
    return Error{ErrorKind::bad_request, reader.at(where) + what};
  };
  if (table == nullptr) return wrong(*node, "`push` must be a table: [push]");
  constexpr std::array<std::string_view, 3> known{"ca_file", "contact", "services"};
  if (auto checked = reader.check_keys(*table, known, "push."); !checked) return checked.error();

  const auto contact = reader.read<std::string>(*table, "contact", "a text in quotes");
  if (!contact) return contact.error();
  if (*contact && !is_contact(**contact)) {
    return wrong(*table->get("contact"),
                 "`push.contact` is where you are reached, like mailto:farm@example.org or "
                 "https://example.org");
  }
  push.contact = contact->value_or("");

  const auto ca_file = reader.read<std::string>(*table, "ca_file", "a text in quotes");
  if (!ca_file) return ca_file.error();
  if (*ca_file && !std::ifstream(**ca_file)) {
    return wrong(*table->get("ca_file"), "push.ca_file " + **ca_file + " cannot be read");
  }
  push.ca_file = ca_file->value_or("");

  const toml::node* services = table->get("services");
  if (services == nullptr) return push;
  const Error no_list = wrong(*services,
                              "`push.services` is a list of hosts in small letters, like "
                              "[\"fcm.googleapis.com\", \"*.push.apple.com\"]");
  if (!services->is_array()) return no_list;
  push.services.clear();
  for (const toml::node& service : *services->as_array()) {
    const auto host = service.value_exact<std::string>();
    if (!host || !is_service(*host)) return no_list;
    push.services.push_back(*host);
  }
  return push;
}

}  // namespace heliograph::app
