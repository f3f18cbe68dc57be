#include "firmware/esp32/fake_idf/fake_wires.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <esp_camera.h>
#include <esp_crt_bundle.h>
#include <esp_tls.h>
#include <esp_vfs_eventfd.h>
#include <esp_vfs_fat.h>
#include <unistd.h>

#include <driver/spi_master.h>
#include <esp_adc/adc_cali_scheme.h>
#include <lwip/sockets.h>
#include <lwip/tcpip.h>

namespace heliograph::fake_idf {

CardSlot& card_slot() {
  static CardSlot slot;
  return slot;
}

SpiBus& spi_bus() {
  static SpiBus bus;
  return bus;
}

SensorChip& sensor_chip() {
  static SensorChip chip;
  return chip;
}

int& pin_mv() {
  static int mv = 0;
  return mv;
}

TlsWorld& tls_world() {
  static TlsWorld world;
  return world;
}

}  // namespace heliograph::fake_idf

using namespace heliograph::fake_idf;

// --- the card ---

static sdmmc_card_t the_card;

static esp_err_t mount(sdmmc_card_t** card) {
  ++card_slot().mounts;
  card_slot().is_mounted = card_slot().has_card;
  if (card_slot().has_card) *card = &the_card;
  return card_slot().has_card ? ESP_OK : ESP_FAIL;
}

esp_err_t esp_vfs_fat_sdspi_mount(const char*, const sdmmc_host_t*, const sdspi_device_config_t*,
                                  const esp_vfs_fat_mount_config_t*, sdmmc_card_t** card) {
  return mount(card);
}

esp_err_t esp_vfs_fat_sdmmc_mount(const char*, const sdmmc_host_t*, const void*,
                                  const esp_vfs_fat_mount_config_t*, sdmmc_card_t** card) {
  return mount(card);
}

esp_err_t esp_vfs_fat_sdcard_unmount(const char*, sdmmc_card_t*) {
  card_slot().is_mounted = false;
  return ESP_OK;
}

esp_err_t esp_vfs_fat_info(const char*, std::uint64_t* total, std::uint64_t* free) {
  *total = 32'000'000'000;
  *free = 1'000;
  return ESP_OK;
}

// --- SPI ---

struct FakeSpiDevice {};

esp_err_t spi_bus_initialize(spi_host_device_t, const spi_bus_config_t*, spi_dma_chan_t) {
  return ESP_OK;
}

esp_err_t spi_bus_free(spi_host_device_t) {
  return ESP_OK;
}

esp_err_t spi_bus_add_device(spi_host_device_t, const spi_device_interface_config_t* config,
                             spi_device_handle_t* device) {
  static FakeSpiDevice the_device;
  spi_bus().clock_hz = config->clock_speed_hz;
  *device = &the_device;
  return ESP_OK;
}

esp_err_t spi_bus_remove_device(spi_device_handle_t) {
  return ESP_OK;
}

esp_err_t spi_device_transmit(spi_device_handle_t, spi_transaction_t* transaction) {
  if (spi_bus().fails) return ESP_FAIL;
  const auto* whole = reinterpret_cast<const spi_transaction_ext_t*>(transaction);
  std::string command;
  for (int bits = whole->command_bits - 8; bits >= 0; bits -= 8) {
    command += static_cast<char>(transaction->cmd >> bits & 0xff);
  }
  const std::string reply = spi_bus().device(command, transaction->length / 8);
  if (transaction->rx_buffer != nullptr) std::memcpy(transaction->rx_buffer, reply.data(), reply.size());
  return ESP_OK;
}

esp_err_t spi_device_polling_transmit(spi_device_handle_t device, spi_transaction_t* transaction) {
  return spi_device_transmit(device, transaction);
}

// --- the parallel sensor ---

template <int number>
static int set_value(sensor_t*, int value) {
  constexpr const char* names[] = {"quality",    "vflip",     "hmirror",  "exposure_ctrl", "aec_value",
                                   "gain_ctrl",  "agc_gain",  "ae_level", "brightness",    "contrast",
                                   "saturation", "sharpness", "wb_mode",  "special_effect"};
  sensor_chip().set.push_back(std::string(names[number]) + "=" + std::to_string(value));
  return 0;
}

static int set_size(sensor_t*, framesize_t size) {
  sensor_chip().set.push_back("framesize=" + std::to_string(size));
  return 0;
}

static sensor_t the_sensor{{OV2640_PID},  set_size,      set_value<0>,  set_value<1>,
                           set_value<2>,  set_value<3>,  set_value<4>,  set_value<5>,
                           set_value<6>,  set_value<7>,  set_value<8>,  set_value<9>,
                           set_value<10>, set_value<11>, set_value<12>, set_value<13>};

esp_err_t esp_camera_init(const camera_config_t* config) {
  ++sensor_chip().starts;
  sensor_chip().buffers = config->fb_count;
  sensor_chip().newest = config->grab_mode == CAMERA_GRAB_LATEST;
  return sensor_chip().answers ? ESP_OK : ESP_FAIL;
}

esp_err_t esp_camera_deinit() {
  ++sensor_chip().stops;
  return ESP_OK;
}

static std::string shown;
static camera_fb_t frame;

camera_fb_t* esp_camera_fb_get() {
  if (sensor_chip().pictures.empty()) return nullptr;
  shown = sensor_chip().pictures.front();
  sensor_chip().pictures.pop_front();
  frame = {reinterpret_cast<std::uint8_t*>(shown.data()), shown.size()};
  ++sensor_chip().lent;
  return &frame;
}

void esp_camera_fb_return(camera_fb_t*) {
  --sensor_chip().lent;
}

sensor_t* esp_camera_sensor_get() {
  return &the_sensor;
}

// --- the converter ---

struct FakeAdcUnit {};
struct FakeCalibration {};

esp_err_t adc_oneshot_new_unit(const adc_oneshot_unit_init_cfg_t*, adc_oneshot_unit_handle_t* unit) {
  static FakeAdcUnit the_unit;
  *unit = &the_unit;
  return ESP_OK;
}

esp_err_t adc_oneshot_config_channel(adc_oneshot_unit_handle_t, adc_channel_t,
                                     const adc_oneshot_chan_cfg_t*) {
  return ESP_OK;
}

esp_err_t adc_oneshot_read(adc_oneshot_unit_handle_t, adc_channel_t, int* raw) {
  *raw = pin_mv();
  return ESP_OK;
}

esp_err_t adc_oneshot_io_to_channel(int pin, adc_unit_t* unit, adc_channel_t* channel) {
  *unit = pin >= 32 ? ADC_UNIT_1 : ADC_UNIT_2;
  *channel = ADC_CHANNEL_0;
  return ESP_OK;
}

esp_err_t adc_cali_create_scheme_line_fitting(const adc_cali_line_fitting_config_t*,
                                              adc_cali_handle_t* calibration) {
  static FakeCalibration the_calibration;
  *calibration = &the_calibration;
  return ESP_OK;
}

esp_err_t adc_cali_raw_to_voltage(adc_cali_handle_t, int raw, int* mv) {
  *mv = raw;
  return ESP_OK;
}

// --- names and TLS ---

err_t tcpip_callback(void (*function)(void* argument), void* argument) {
  function(argument);
  return ERR_OK;
}

err_t dns_gethostbyname_addrtype(const char* name, ip_addr_t* address, dns_found_callback found,
                                 void* argument, std::uint8_t) {
  if (std::strcmp(name, silent_name) == 0) return ERR_INPROGRESS;
  if (std::strcmp(name, "localhost") != 0) {
    found(name, nullptr, argument);
    return ERR_INPROGRESS;
  }
  address->v4 = htonl(INADDR_LOOPBACK);
  return ERR_OK;
}

char* ipaddr_ntoa_r(const ip_addr_t* address, char* out, int size) {
  return const_cast<char*>(inet_ntop(AF_INET, &address->v4, out, static_cast<socklen_t>(size)));
}

esp_err_t esp_vfs_eventfd_register(const esp_vfs_eventfd_config_t*) {
  return ESP_OK;
}

esp_err_t esp_crt_bundle_attach(void*) {
  return ESP_OK;
}

// A session that hides nothing: what it shows is who waits for whom.
struct FakeTls {
  int socket = -1;
  bool greeted = false;
  bool refused = false;
};

esp_tls_t* esp_tls_init() {
  return new FakeTls;
}

int esp_tls_conn_new_async(const char*, int, int, const esp_tls_cfg_t* config, esp_tls_t* tls) {
  const std::string trust = config->cacert_buf == nullptr
                                ? "bundle"
                                : std::string(reinterpret_cast<const char*>(config->cacert_buf));
  tls->refused = tls_world().refuses || !tls_world().trusts(trust);
  if (tls->refused) return -1;
  if (!tls->greeted) {
    tls->greeted = send(tls->socket, "hello\n", 6, MSG_NOSIGNAL) == 6;
    return 0;
  }
  char answer[6];
  const ssize_t got = recv(tls->socket, answer, sizeof answer, 0);
  if (got < 0) return errno == EAGAIN ? 0 : -1;
  tls_world().sessions += got == 6 ? 1 : 0;
  return got == 6 ? 1 : -1;
}

static ssize_t moved(ssize_t size, int wanted) {
  return size < 0 && errno == EAGAIN ? wanted : size;
}

ssize_t esp_tls_conn_write(esp_tls_t* tls, const void* data, std::size_t size) {
  return moved(send(tls->socket, data, size, MSG_NOSIGNAL), ESP_TLS_ERR_SSL_WANT_WRITE);
}

ssize_t esp_tls_conn_read(esp_tls_t* tls, void* data, std::size_t size) {
  return moved(recv(tls->socket, data, size, 0), ESP_TLS_ERR_SSL_WANT_READ);
}

int esp_tls_conn_destroy(esp_tls_t* tls) {
  close(tls->socket);
  delete tls;
  return 0;
}

esp_err_t esp_tls_set_conn_sockfd(esp_tls_t* tls, int socket) {
  tls->socket = socket;
  return ESP_OK;
}

esp_err_t esp_tls_set_conn_state(esp_tls_t*, esp_tls_conn_state_t) {
  return ESP_OK;
}

esp_err_t esp_tls_get_error_handle(esp_tls_t* tls, esp_tls_error_handle_t* errors) {
  *errors = tls;
  return ESP_OK;
}

esp_err_t esp_tls_get_and_clear_last_error(esp_tls_error_handle_t tls, int* code, int* flags) {
  *code = 0x2700;
  *flags = tls->refused ? 8 : 0;
  return ESP_OK;
}
