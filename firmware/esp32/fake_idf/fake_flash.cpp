#include "firmware/esp32/fake_idf/fake_flash.hpp"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <nvs.h>
#include <vector>

namespace heliograph::fake_idf {

namespace {

esp_partition_t partitions[] = {{ESP_PARTITION_SUBTYPE_APP_OTA_0, slot_size},
                                {ESP_PARTITION_SUBTYPE_APP_OTA_1, slot_size}};

int slot_of(const esp_partition_t* partition) {
  return partition == &partitions[1] ? 1 : 0;
}

// Whether power goes during this change.
bool is_cut() {
  ++flash().changes;
  if (flash().cut_in == 0) return false;
  --flash().cut_in;
  return flash().cut_in == 0;
}

std::vector<std::string>& open_areas() {
  static std::vector<std::string> areas;
  return areas;
}

// The real store locks itself, too.
std::mutex values_lock;

std::string full_name(nvs_handle_t handle, const char* key) {
  return open_areas()[handle - 1] + "/" + key;
}

}  // namespace

// ESP-IDF's rules with CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE: a new image is started once; one that was
// started and not confirmed is given up.
void Flash::boot() {
  stay_on();
  const int other = 1 - boot_slot;
  if (state[boot_slot] == ESP_OTA_IMG_PENDING_VERIFY) {
    state[boot_slot] = ESP_OTA_IMG_ABORTED;
    boot_slot = other;
  } else if (state[boot_slot] == ESP_OTA_IMG_NEW) {
    state[boot_slot] = ESP_OTA_IMG_PENDING_VERIFY;
  }
  running = boot_slot;
}

Flash& flash() {
  static Flash flash;
  return flash;
}

}  // namespace heliograph::fake_idf

using namespace heliograph::fake_idf;

esp_err_t nvs_open(const char* area, nvs_open_mode_t, nvs_handle_t* handle) {
  const std::lock_guard guard(values_lock);
  open_areas().emplace_back(area);
  *handle = static_cast<nvs_handle_t>(open_areas().size());
  return ESP_OK;
}

void nvs_close(nvs_handle_t) {}

esp_err_t nvs_get_blob(nvs_handle_t handle, const char* key, void* value, std::size_t* size) {
  const std::lock_guard guard(values_lock);
  const auto found = flash().values.find(full_name(handle, key));
  if (found == flash().values.end()) return ESP_ERR_NVS_NOT_FOUND;
  if (found->second.size() > *size) return ESP_ERR_NVS_INVALID_LENGTH;
  *size = found->second.size();
  std::memcpy(value, found->second.data(), *size);
  return ESP_OK;
}

esp_err_t nvs_set_blob(nvs_handle_t handle, const char* key, const void* value, std::size_t size) {
  const std::lock_guard guard(values_lock);
  std::string& place = flash().values[full_name(handle, key)];
  const bool cut = is_cut();
  place.assign(static_cast<const char*>(value), cut ? size / 2 : size);
  if (cut) throw PowerCut();
  return ESP_OK;
}

esp_err_t nvs_erase_key(nvs_handle_t handle, const char* key) {
  const std::lock_guard guard(values_lock);
  return flash().values.erase(full_name(handle, key)) > 0 ? ESP_OK : ESP_ERR_NVS_NOT_FOUND;
}

esp_err_t nvs_commit(nvs_handle_t) {
  return ESP_OK;
}

esp_err_t esp_partition_read(const esp_partition_t* partition, std::size_t at, void* out, std::size_t size) {
  if (at + size > partition->size) return ESP_ERR_INVALID_SIZE;
  std::memcpy(out, flash().image[slot_of(partition)].data() + at, size);
  return ESP_OK;
}

esp_err_t esp_partition_write(const esp_partition_t* partition, std::size_t at, const void* data,
                              std::size_t size) {
  if (at + size > partition->size) return ESP_ERR_INVALID_SIZE;
  const bool cut = is_cut();
  std::string& image = flash().image[slot_of(partition)];
  const auto* bytes = static_cast<const char*>(data);
  for (std::size_t i = 0; i < (cut ? size / 2 : size); ++i) {
    if (image[at + i] != '\xff') ++flash().programmed_twice;
    image[at + i] = static_cast<char>(image[at + i] & bytes[i]);  // bits fall, and rise only when erased
  }
  if (cut) throw PowerCut();
  return ESP_OK;
}

esp_err_t esp_partition_erase_range(const esp_partition_t* partition, std::size_t at, std::size_t size) {
  if (at % 4096 != 0 || size % 4096 != 0 || at + size > partition->size) return ESP_ERR_INVALID_ARG;
  const bool cut = is_cut();
  std::string& image = flash().image[slot_of(partition)];
  std::fill_n(image.begin() + static_cast<std::ptrdiff_t>(at), cut ? size / 2 : size, '\xff');
  if (cut) throw PowerCut();
  return ESP_OK;
}

const esp_partition_t* esp_ota_get_running_partition() {
  return &partitions[flash().running];
}

const esp_partition_t* esp_ota_get_next_update_partition(const esp_partition_t*) {
  return &partitions[1 - flash().running];
}

esp_err_t esp_ota_set_boot_partition(const esp_partition_t* partition) {
  const int slot = slot_of(partition);
  if (flash().image[slot].front() != '\xe9') return ESP_FAIL;  // how an image begins
  if (is_cut()) throw PowerCut();
  flash().boot_slot = slot;
  flash().state[slot] = ESP_OTA_IMG_NEW;
  return ESP_OK;
}

esp_err_t esp_ota_get_state_partition(const esp_partition_t* partition, esp_ota_img_states_t* state) {
  *state = flash().state[slot_of(partition)];
  return ESP_OK;
}

esp_err_t esp_ota_mark_app_valid_cancel_rollback() {
  if (is_cut()) throw PowerCut();
  flash().state[flash().running] = ESP_OTA_IMG_VALID;
  return ESP_OK;
}
