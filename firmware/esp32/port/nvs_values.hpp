// Small values in the board's flash that survive a power cut while they are written: each is kept twice
// (twin_record.hpp), in two entries of the flash's own store.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// Bytes of a value: a certificate authority's certificate is the longest.
inline constexpr std::size_t max_nvs_value = 3'900;

// One task, the one that was constructed on; nvs_flash_init() came before.
class NvsValues {
 public:
  // `area`: at most 15 characters, as each name is at most 14.
  explicit NvsValues(const char* area) : area_(area) {}

  // Into `out`; none: there is no such value, or it is longer.
  std::optional<std::string_view> load(std::string_view name, char* out, std::size_t capacity);
  // Durable when true.
  bool save(std::string_view name, std::string_view value);
  // True when it is gone, also when it was not there.
  bool erase(std::string_view name);

 private:
  const char* const area_;
};

}  // namespace heliograph::firmware
