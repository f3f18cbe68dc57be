#include "firmware/esp32/port/nvs_values.hpp"

#include "firmware/core/text.hpp"
#include "firmware/esp32/decide/twin_record.hpp"

#include <cstring>
#include <memory>
#include <new>
#include <nvs.h>

namespace heliograph::firmware {

namespace {

constexpr std::size_t copy_size = twin_head_size + max_nvs_value;
using Copy = std::unique_ptr<std::uint8_t[]>;  // not on a task's stack; null: there is no memory

// An open area of the flash.
class Area {
 public:
  Area(const char* name, nvs_open_mode_t mode) : open_(nvs_open(name, mode, &handle_) == ESP_OK) {}
  Area(const Area&) = delete;
  Area& operator=(const Area&) = delete;
  ~Area() {
    if (open_) nvs_close(handle_);
  }
  explicit operator bool() const { return open_; }
  nvs_handle_t get() const { return handle_; }

 private:
  nvs_handle_t handle_ = 0;
  bool open_;
};

// The name of one of the two copies, ended by a zero.
Text<NVS_KEY_NAME_MAX_SIZE> key_of(std::string_view name, int place) {
  return Text<NVS_KEY_NAME_MAX_SIZE>(name).append(place == 0 ? 'a' : 'b').append('\0');
}

std::optional<Twin> read_copy(const Area& area, std::string_view name, int place, const Copy& copy) {
  std::size_t size = copy_size;
  const auto key = key_of(name, place);
  if (nvs_get_blob(area.get(), key.view().data(), copy.get(), &size) != ESP_OK) return std::nullopt;
  return read_twin(copy.get(), size);
}

// Two copies in memory, and which of them counts.
struct Twins {
  Twins(const Area& area, std::string_view name) {
    if (!copies[0] || !copies[1] || !area) return;
    choice = choose_twin(read_copy(area, name, 0, copies[0]), read_copy(area, name, 1, copies[1]));
  }
  Copy copies[2] = {Copy(new (std::nothrow) std::uint8_t[copy_size]),
                    Copy(new (std::nothrow) std::uint8_t[copy_size])};
  TwinChoice choice;
};

}  // namespace

std::optional<std::string_view> NvsValues::load(std::string_view name, char* out, std::size_t capacity) {
  const Area area(area_, NVS_READONLY);
  const Twins twins(area, name);
  const auto& newest = twins.choice.newest;
  if (!newest || newest->value.size() > capacity) return std::nullopt;
  std::memcpy(out, newest->value.data(), newest->value.size());
  return std::string_view(out, newest->value.size());
}

bool NvsValues::save(std::string_view name, std::string_view value) {
  const Area area(area_, NVS_READWRITE);
  const Twins twins(area, name);
  if (!area || !twins.copies[0] || !twins.copies[1] || value.size() > max_nvs_value) return false;
  const TwinChoice& choice = twins.choice;
  if (choice.newest && choice.newest->value == value) return true;  // flash wears out
  const auto key = key_of(name, choice.next_place);
  std::uint8_t* copy = twins.copies[choice.next_place].get();  // the one that does not count
  write_twin(choice.next_number, value, copy);
  return nvs_set_blob(area.get(), key.view().data(), copy, twin_head_size + value.size()) == ESP_OK &&
         nvs_commit(area.get()) == ESP_OK;
}

bool NvsValues::erase(std::string_view name) {
  const Area area(area_, NVS_READWRITE);
  if (!area) return false;
  for (const int place : {0, 1}) {
    const esp_err_t error = nvs_erase_key(area.get(), key_of(name, place).view().data());
    if (error != ESP_OK && error != ESP_ERR_NVS_NOT_FOUND) return false;
  }
  return nvs_commit(area.get()) == ESP_OK;
}

}  // namespace heliograph::firmware
