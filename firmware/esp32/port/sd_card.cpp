#include "firmware/esp32/port/sd_card.hpp"

#include <esp_vfs_fat.h>

#include <driver/sdmmc_host.h>
#include <driver/sdspi_host.h>
#include <driver/spi_master.h>

namespace heliograph::firmware {

namespace {

// kHz. Wires of a board without fitted pull-ups carry no more in every case; a picture needs a second of it.
constexpr int clock_khz = 10'000;
// Files open at once: one that is written, one that is listed, and the gallery's.
constexpr int max_open_files = 4;
// A camera has a bus of its own on SPI3; the card is on the other one.
constexpr spi_host_device_t card_host = SPI2_HOST;

esp_vfs_fat_mount_config_t mount_config() {
  esp_vfs_fat_mount_config_t config = {};
  config.format_if_mount_failed = false;
  config.max_files = max_open_files;
  return config;
}

}  // namespace

bool SdCard::mount() {
  if (card_ != nullptr) return true;
  switch (pins_.bus) {
    case CardBus::spi:
      return mount_spi();
    case CardBus::sdmmc:
      return mount_sdmmc();
    case CardBus::none:
      break;
  }
  return false;
}

bool SdCard::mount_spi() {
  spi_bus_config_t bus = {};
  bus.sclk_io_num = pins_.clock;
  bus.miso_io_num = pins_.data;
  bus.mosi_io_num = pins_.command;
  bus.quadwp_io_num = no_pin;
  bus.quadhd_io_num = no_pin;
  bus.max_transfer_sz = 4092;
  has_bus_ = has_bus_ || spi_bus_initialize(card_host, &bus, SPI_DMA_CH_AUTO) == ESP_OK;
  if (!has_bus_) return false;
  sdmmc_host_t host = SDSPI_HOST_DEFAULT();
  host.slot = card_host;
  host.max_freq_khz = clock_khz;
  sdspi_device_config_t slot = SDSPI_DEVICE_CONFIG_DEFAULT();
  slot.host_id = card_host;
  slot.gpio_cs = static_cast<gpio_num_t>(pins_.select);
  const esp_vfs_fat_mount_config_t config = mount_config();
  if (esp_vfs_fat_sdspi_mount(base_, &host, &slot, &config, &card_) == ESP_OK) return true;
  card_ = nullptr;
  return false;
}

bool SdCard::mount_sdmmc() {
#if SOC_SDMMC_USE_GPIO_MATRIX
  sdmmc_host_t host = SDMMC_HOST_DEFAULT();
  host.max_freq_khz = clock_khz;
  sdmmc_slot_config_t slot = SDMMC_SLOT_CONFIG_DEFAULT();
  slot.width = 1;
  slot.clk = static_cast<gpio_num_t>(pins_.clock);
  slot.cmd = static_cast<gpio_num_t>(pins_.command);
  slot.d0 = static_cast<gpio_num_t>(pins_.data);
  slot.flags = slot.flags | SDMMC_SLOT_FLAG_INTERNAL_PULLUP;
  const esp_vfs_fat_mount_config_t config = mount_config();
  if (esp_vfs_fat_sdmmc_mount(base_, &host, &slot, &config, &card_) == ESP_OK) return true;
  card_ = nullptr;
#endif
  return false;
}

void SdCard::unmount() {
  if (card_ != nullptr) esp_vfs_fat_sdcard_unmount(base_, card_);
  card_ = nullptr;
  if (has_bus_) spi_bus_free(card_host);
  has_bus_ = false;
}

std::uint64_t SdCard::size() const {
  std::uint64_t total = 0;
  std::uint64_t free = 0;
  if (card_ == nullptr || esp_vfs_fat_info(base_, &total, &free) != ESP_OK) return 0;
  return total;
}

}  // namespace heliograph::firmware
