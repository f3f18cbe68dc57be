#include "firmware/esp32/port/ota_slots.hpp"

#include <algorithm>
#include <cstring>
#include <esp_ota_ops.h>
#include <memory>
#include <new>
#include <nvs.h>
#include <sodium.h>

namespace heliograph::firmware {

namespace {

// Bytes that the flash erases at once.
constexpr std::uint32_t sector = 4096;
constexpr std::string_view never_answered = "it was restarted before the server answered it";

const char* const slot_names[] = {"slot-0", "slot-1"};

}  // namespace

OtaSlots::OtaSlots()
    : running_(esp_ota_get_running_partition()), other_(esp_ota_get_next_update_partition(nullptr)) {
  load_note();
  if (other_ != nullptr) manifest_ = load_slot(other_, size_);
  // Of the last sector nobody knows how far it was written.
  size_ -= size_ % sector;
  settle_trial();
}

int OtaSlots::number_of(const esp_partition_t* slot) {
  return slot->subtype == ESP_PARTITION_SUBTYPE_APP_OTA_1 ? 1 : 0;
}

bool OtaSlots::is_on_trial() const {
  esp_ota_img_states_t state = ESP_OTA_IMG_UNDEFINED;
  return esp_ota_get_state_partition(running_, &state) == ESP_OK && state == ESP_OTA_IMG_PENDING_VERIFY;
}

// What the boot loader did is told by what runs.
void OtaSlots::settle_trial() {
  if (note_.has_trial == 0 || is_on_trial()) return;
  const bool confirmed = note_.trial == number_of(running_);
  note_.has_trial = 0;
  if (confirmed) note_.security = std::max(note_.security, note_.confirming);
  note_.confirming = 0;
  note_.outcome = static_cast<std::uint8_t>(confirmed ? TrialOutcome::confirmed : TrialOutcome::rolled_back);
  if (!confirmed && note_.reason_size == 0) set_reason(never_answered);
  save_note();
}

BootFacts OtaSlots::facts() {
  return {is_on_trial(), static_cast<TrialOutcome>(note_.outcome),
          TrialReason({note_.reason, note_.reason_size}), note_.security};
}

ManifestText OtaSlots::running_manifest() {
  std::uint32_t size = 0;
  return load_slot(running_, size);
}

ManifestText OtaSlots::other_manifest() {
  return manifest_;
}

std::uint64_t OtaSlots::other_size() {
  return size_;
}

bool OtaSlots::begin(std::string_view manifest) {
  if (other_ == nullptr) return fail(ESP_ERR_NOT_FOUND);
  manifest_ = ManifestText(manifest);
  size_ = 0;
  return save_slot();
}

bool OtaSlots::append(Bytes bytes) {
  if (other_ == nullptr) return fail(ESP_ERR_NOT_FOUND);
  const auto* data = static_cast<const std::uint8_t*>(bytes.data);
  std::uint32_t at = size_;
  for (std::size_t left = bytes.size; left > 0;) {
    const std::uint32_t room = sector - at % sector;
    const auto piece = static_cast<std::uint32_t>(std::min<std::size_t>(left, room));
    if (at + piece > other_->size) return fail(ESP_ERR_INVALID_SIZE);
    if (room == sector) {
      if (const esp_err_t error = esp_partition_erase_range(other_, at, sector); error != ESP_OK) {
        return fail(error);
      }
    }
    if (const esp_err_t error = esp_partition_write(other_, at, data, piece); error != ESP_OK) {
      return fail(error);
    }
    at += piece;
    data += piece;
    left -= piece;
  }
  size_ = at;
  return save_slot();
}

std::optional<std::array<std::uint8_t, 32>> OtaSlots::other_digest() {
  const std::unique_ptr<std::uint8_t[]> piece(new (std::nothrow) std::uint8_t[sector]);
  if (other_ == nullptr || !piece) {
    fail(ESP_ERR_NO_MEM);
    return std::nullopt;
  }
  crypto_hash_sha256_state hash;
  crypto_hash_sha256_init(&hash);
  for (std::uint32_t at = 0; at < size_;) {
    const std::uint32_t size = std::min(size_ - at, sector);
    if (const esp_err_t error = esp_partition_read(other_, at, piece.get(), size); error != ESP_OK) {
      fail(error);
      return std::nullopt;
    }
    crypto_hash_sha256_update(&hash, piece.get(), size);
    at += size;
  }
  std::array<std::uint8_t, 32> digest{};
  crypto_hash_sha256_final(&hash, digest.data());
  return digest;
}

// The note first: a trial that is noted and never began is told as one that failed; one that began without a
// note would not be told at all.
bool OtaSlots::try_other() {
  if (other_ == nullptr) return fail(ESP_ERR_NOT_FOUND);
  const Note before = note_;
  note_.has_trial = 1;
  note_.trial = static_cast<std::uint8_t>(number_of(other_));
  note_.confirming = 0;
  note_.outcome = static_cast<std::uint8_t>(TrialOutcome::none);
  set_reason("");
  if (!save_note()) return false;
  const esp_err_t error = esp_ota_set_boot_partition(other_);  // looks whether it is an image at all
  if (error == ESP_OK) return true;
  note_ = before;
  save_note();
  return fail(error);
}

bool OtaSlots::confirm(std::uint32_t security) {
  if (!is_on_trial()) return true;
  note_.confirming = security;
  if (!save_note()) return false;
  if (const esp_err_t error = esp_ota_mark_app_valid_cancel_rollback(); error != ESP_OK) return fail(error);
  note_.has_trial = 1;
  note_.trial = static_cast<std::uint8_t>(number_of(running_));
  settle_trial();
  return note_.has_trial == 0;
}

// The boot loader goes back by itself when the program ends before it was confirmed.
bool OtaSlots::give_up(std::string_view reason) {
  set_reason(reason);
  return save_note();
}

bool OtaSlots::acknowledge() {
  if (note_.outcome == static_cast<std::uint8_t>(TrialOutcome::none)) return true;
  note_.outcome = static_cast<std::uint8_t>(TrialOutcome::none);
  set_reason("");
  return save_note();
}

void OtaSlots::load_note() {
  char buffer[sizeof(Note)];
  const auto found = values_.load("trial", buffer, sizeof buffer);
  if (!found || found->size() != sizeof(Note)) return;
  Note read;
  std::memcpy(&read, buffer, sizeof read);
  if (read.form == note_.form && read.reason_size <= sizeof read.reason) note_ = read;
}

bool OtaSlots::save_note() {
  const bool saved = values_.save("trial", {reinterpret_cast<const char*>(&note_), sizeof note_});
  return saved || fail(ESP_ERR_NVS_BASE);
}

void OtaSlots::set_reason(std::string_view reason) {
  note_.reason_size = static_cast<std::uint8_t>(std::min(reason.size(), sizeof note_.reason));
  std::memset(note_.reason, 0, sizeof note_.reason);
  std::memcpy(note_.reason, reason.data(), note_.reason_size);
}

ManifestText OtaSlots::load_slot(const esp_partition_t* slot, std::uint32_t& size) {
  char buffer[sizeof size + ManifestText::max_size];
  const auto found = values_.load(slot_names[number_of(slot)], buffer, sizeof buffer);
  size = 0;
  if (!found || found->size() < sizeof size) return {};
  std::memcpy(&size, buffer, sizeof size);
  return ManifestText(found->substr(sizeof size));
}

// Size and manifest in one: bytes of one image never stand under the manifest of another.
bool OtaSlots::save_slot() {
  char buffer[sizeof size_ + ManifestText::max_size];
  const std::string_view manifest = manifest_.view();
  std::memcpy(buffer, &size_, sizeof size_);
  if (!manifest.empty()) std::memcpy(buffer + sizeof size_, manifest.data(), manifest.size());
  const bool saved = values_.save(slot_names[number_of(other_)], {buffer, sizeof size_ + manifest.size()});
  return saved || fail(ESP_ERR_NVS_BASE);
}

bool OtaSlots::fail(esp_err_t error) {
  error_ = esp_err_to_name(error);
  return false;
}

}  // namespace heliograph::firmware
