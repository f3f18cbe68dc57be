#include "firmware/esp32/port/board_trust.hpp"

#include "firmware/esp32/decide/certificates.hpp"

#include <cstring>
#include <esp_heap_caps.h>

namespace heliograph::firmware {

BoardTrust::BoardTrust(SettingsStore& store, std::string_view given) : store_(store), given_(given) {
  if (store_.roots_size() == 0 || !reserve(rooms_[0])) return;
  rooms_[0].size = store_.load_roots(rooms_[0].data, max_learnt_roots).size();
  if (rooms_[0].size > 0) learnt_ = 0;
}

BoardTrust::~BoardTrust() {
  for (Room& room : rooms_) heap_caps_free(room.data);
}

bool BoardTrust::reserve(Room& room) {
  room.size = 0;
  if (room.data != nullptr) return true;
  void* memory = heap_caps_malloc(max_learnt_roots, MALLOC_CAP_SPIRAM | MALLOC_CAP_8BIT);
  if (memory == nullptr) memory = heap_caps_malloc(max_learnt_roots, MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT);
  room.data = static_cast<char*>(memory);
  return memory != nullptr;
}

bool BoardTrust::begin() {
  alone_ = false;
  return reserve(rooms_[spare()]);
}

bool BoardTrust::append(Bytes pem) {
  Room& room = rooms_[spare()];
  if (pem.size + 1 > max_learnt_roots - room.size) return false;
  std::memcpy(room.data + room.size, pem.data, pem.size);
  room.size += pem.size;
  return true;
}

bool BoardTrust::try_alone() {
  Room& room = rooms_[spare()];
  if (!holds_certificates({room.data, room.size})) return false;
  room.data[room.size++] = '\0';  // mbedTLS wants it counted
  return alone_ = true;
}

bool BoardTrust::keep() {
  const Room& room = rooms_[spare()];
  const bool kept = store_.save_roots({room.data, room.size});
  if (kept) learnt_ = spare();
  alone_ = false;
  return kept;
}

std::string_view BoardTrust::at(int place) const {
  if (!alone_ && place == 0) return given_;
  const Room& room = rooms_[alone_ ? spare() : learnt_.load()];
  return {room.data, room.size};
}

}  // namespace heliograph::firmware
