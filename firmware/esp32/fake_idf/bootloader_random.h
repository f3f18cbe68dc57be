// Of our own, for the host: as much of ESP-IDF's <bootloader_random.h> as firmware/esp32 uses. See README.md.
#pragma once

void bootloader_random_enable();
void bootloader_random_disable();
