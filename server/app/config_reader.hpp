// The file's table, read key by key; what is wrong is said with its line. For the sources that read a part of
// the configuration: toml++ takes seconds to compile.
#pragma once

#include "server/base/error.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <toml++/toml.h>

namespace heliograph::app {

// Edits that turn one word into the other: for "did you mean".
std::size_t distance(std::string_view a, std::string_view b);

class Reader {
 public:
  Reader(const toml::table& table, std::string name) : table_(table), name_(std::move(name)) {}

  // Every key of `table` must be one of `known`.
  template <std::size_t N>
  Result<void> check_keys(const toml::table& table, const std::array<std::string_view, N>& known,
                          const std::string& prefix) const {
    for (const auto& [key, value] : table) {
      const std::string_view text = key.str();
      if (std::find(known.begin(), known.end(), text) != known.end()) continue;
      const auto meant = std::min_element(known.begin(), known.end(), [text](auto a, auto b) {
        return distance(text, a) < distance(text, b);
      });
      constexpr std::size_t most_typos = 3;
      std::string sentence = at(value) + "there is no setting `" + prefix + std::string(text) + "`";
      if (distance(text, *meant) <= most_typos)
        sentence += "; did you mean `" + prefix + std::string(*meant) + "`?";
      return Error{ErrorKind::bad_request, std::move(sentence)};
    }
    return {};
  }

  template <class T>
  Result<std::optional<T>> read(const toml::table& table, std::string_view key, std::string_view kind) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) return std::optional<T>{};
    if (auto value = node->value_exact<T>()) return value;
    return Error{ErrorKind::bad_request,
                 at(*node) + "`" + std::string(key) + "` must be " + std::string(kind)};
  }

  std::string at(const toml::node& node) const {
    return name_ + ":" + std::to_string(node.source().begin.line) + ": ";
  }

  const toml::table& table() const { return table_; }

 private:
  const toml::table& table_;
  std::string name_;
};

}  // namespace heliograph::app
