// Any bytes as JSON: no crash, what is found lies within the text, and what is unescaped is fit for a
// terminal.
#include "firmware/core/json_text.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::firmware;
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  for (const std::string_view key : {"id", "detail"}) {
    const auto member = json_member(json, key);
    if (member &&
        (member->data() < json.data() || member->data() + member->size() > json.data() + json.size())) {
      std::abort();
    }
    const Text<200> text = json_string<200>(json, key);
    for (const char c : text.view()) {
      if (c >= 0 && c < ' ') std::abort();
    }
  }
  JsonMembers members(json);
  while (const auto member = members.next()) {
    if (member->value.empty() && member->key.empty()) continue;
    if (member->value.data() < json.data() ||
        member->value.data() + member->value.size() > json.data() + size)
      std::abort();
    read_json_integer(member->value);
  }
  return 0;
}
