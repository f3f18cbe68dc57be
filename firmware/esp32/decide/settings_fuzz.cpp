#include "firmware/esp32/decide/settings.hpp"

#include <cstdlib>

using namespace heliograph::firmware;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Settings settings;
  if (!read_board_settings({reinterpret_cast<const char*>(data), size}, settings)) return 0;
  // What was read is written so that it is read again as the same.
  BoardSettingsText text;
  write_settings(settings, text);
  if (text.truncated()) std::abort();
  Settings again;
  BoardSettingsText second;
  if (!read_board_settings(text.view(), again)) std::abort();
  write_settings(again, second);
  if (second.view() != text.view()) std::abort();
  return 0;
}
