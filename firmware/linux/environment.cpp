#include "firmware/linux/environment.hpp"

#include <algorithm>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace heliograph::firmware {

Environment::Environment(std::vector<std::string> told) : texts_(std::move(told)) {
  const auto count = static_cast<std::ptrdiff_t>(texts_.size());
  const auto is_told = [&](std::string_view variable) {
    return std::any_of(texts_.begin(), texts_.begin() + count, [variable](std::string_view text) {
      const std::string_view name = text.substr(0, text.find('=') + 1);
      return variable.substr(0, name.size()) == name;
    });
  };
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (!is_told(*variable)) texts_.emplace_back(*variable);
  }
  for (std::string& text : texts_) pointers_.push_back(text.data());
  pointers_.push_back(nullptr);
}

}  // namespace heliograph::firmware
