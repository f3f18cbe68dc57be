#include "firmware/esp32/main/app.hpp"

#include <esp_event.h>
#include <esp_netif.h>
#include <esp_vfs_eventfd.h>
#include <fcntl.h>
#include <nvs_flash.h>
#include <sodium.h>
#include <unistd.h>

namespace heliograph::firmware {
namespace {

// One for each stream.
constexpr std::size_t eventfd_count = 4;

void prepare_system() {
  // A store that a newer program wrote, or that has no room left, is begun anew: better without settings than
  // without a camera.
  const esp_err_t error = nvs_flash_init();
  if (error == ESP_ERR_NVS_NO_FREE_PAGES || error == ESP_ERR_NVS_NEW_VERSION_FOUND) {
    nvs_flash_erase();
    nvs_flash_init();
  }
  esp_netif_init();
  esp_event_loop_create_default();
  esp_vfs_eventfd_config_t config = {};
  config.max_fds = eventfd_count;
  esp_vfs_eventfd_register(&config);
  (void)sodium_init();
  fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);  // Improv is looked for beside everything else
}

}  // namespace
}  // namespace heliograph::firmware

extern "C" void app_main() {
  heliograph::firmware::prepare_system();
  static heliograph::firmware::App app;  // not on a task's stack
  app.run();
}
