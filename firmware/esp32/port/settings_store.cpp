#include "firmware/esp32/port/settings_store.hpp"

#include "firmware/core/crc32.hpp"

#include <cstring>

namespace heliograph::firmware {

namespace {

constexpr std::string_view roots_note_name = "roots";

// Roots are longer than a value may be, so they are several: "roots-00", "roots-01", …
Text<12> roots_part_name(std::uint32_t set, std::size_t part) {
  return Text<12>(std::string_view("roots-")).append_number(set).append_number(part);
}

}  // namespace

Settings SettingsStore::load() {
  const Guard guard(lock_);
  return read();
}

Settings SettingsStore::read() {
  Settings settings;
  char buffer[max_settings_text];
  const auto text = values_.load("settings", buffer, sizeof buffer);
  if (text) read_board_settings(*text, settings);
  return settings;
}

void SettingsStore::write(const Settings& settings) {
  write_settings(settings, text_);
  values_.save("settings", text_.view());
}

std::string_view SettingsStore::load_authority(char* out, std::size_t capacity) {
  const Guard guard(lock_);
  return values_.load("authority", out, capacity).value_or(std::string_view());
}

bool SettingsStore::save_authority(std::string_view pem) {
  const Guard guard(lock_);
  if (!values_.save("authority", pem)) return false;
  ++authorities_saved_;
  return true;
}

SettingsStore::RootsNote SettingsStore::roots_note() {
  RootsNote note;
  char bytes[sizeof note];
  const auto value = values_.load(roots_note_name, bytes, sizeof bytes);
  if (value && value->size() == sizeof note) std::memcpy(&note, bytes, sizeof note);
  return note;
}

std::size_t SettingsStore::roots_size() {
  const Guard guard(lock_);
  return roots_note().size;
}

std::string_view SettingsStore::load_roots(char* out, std::size_t capacity) {
  const Guard guard(lock_);
  const RootsNote note = roots_note();
  if (note.size > capacity) return {};
  std::size_t size = 0;
  for (std::size_t part = 0; size < note.size; ++part) {
    const auto value = values_.load(roots_part_name(note.set, part).view(), out + size, note.size - size);
    if (!value || value->empty()) return {};
    size += value->size();
  }
  return crc32(out, size) == note.crc ? std::string_view(out, size) : std::string_view();
}

// Into the set that does not count, which counts when all of it is there.
bool SettingsStore::save_roots(std::string_view roots) {
  const Guard guard(lock_);
  if (roots.size() > max_learnt_roots) return false;
  RootsNote note;
  note.set = 1 - roots_note().set;
  note.size = static_cast<std::uint32_t>(roots.size());
  note.crc = crc32(roots.data(), roots.size());
  for (std::size_t part = 0; part * max_nvs_value < roots.size(); ++part) {
    const std::string_view value = roots.substr(part * max_nvs_value, max_nvs_value);
    if (!values_.save(roots_part_name(note.set, part).view(), value)) return false;
  }
  char bytes[sizeof note];
  std::memcpy(bytes, &note, sizeof note);
  return values_.save(roots_note_name, {bytes, sizeof bytes});
}

bool SettingsStore::forget_roots() {
  const Guard guard(lock_);
  return values_.erase(roots_note_name);
}

}  // namespace heliograph::firmware
