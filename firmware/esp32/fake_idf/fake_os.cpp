#include "firmware/esp32/fake_idf/fake_os.hpp"

#include "firmware/esp32/port/system_time.hpp"

#include <bootloader_random.h>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <esp_err.h>
#include <esp_heap_caps.h>
#include <esp_mac.h>
#include <esp_netif_sntp.h>
#include <esp_pm.h>
#include <esp_random.h>
#include <esp_sleep.h>
#include <esp_task_wdt.h>
#include <esp_timer.h>
#include <mutex>
#include <optional>
#include <random>
#include <thread>
#include <vector>

#include <freertos/queue.h>
#include <freertos/semphr.h>
#include <freertos/task.h>

namespace heliograph::fake_idf {

namespace {

std::optional<std::int64_t> held_ms;  // one thread, while it is held

}  // namespace

void hold_time(std::int64_t now_ms) {
  held_ms = now_ms;
}

void pass_time(std::int64_t ms) {
  *held_ms += ms;
}

void end_time() {
  held_ms.reset();
}

SystemTime& system_time() {
  static SystemTime time;
  return time;
}

Chip& chip() {
  static Chip chip;
  return chip;
}

Heap& heap() {
  static Heap heap;
  return heap;
}

}  // namespace heliograph::fake_idf

namespace heliograph::firmware {

std::int64_t system_time_ms() {
  return esp_timer_get_time() / 1000 + fake_idf::system_time().offset_ms;
}

void set_system_time_ms(std::int64_t wall_ms) {
  fake_idf::system_time().offset_ms = wall_ms - esp_timer_get_time() / 1000;
  ++fake_idf::system_time().times_set;
}

}  // namespace heliograph::firmware

using heliograph::fake_idf::held_ms;

std::int64_t esp_timer_get_time() {
  if (held_ms) return *held_ms * 1000;
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

const char* esp_err_to_name(esp_err_t error) {
  return error == ESP_ERR_INVALID_SIZE ? "ESP_ERR_INVALID_SIZE" : "ESP_FAIL";
}

std::uint32_t esp_random() {
  static std::mutex lock;
  static std::mt19937 generator;
  const std::lock_guard guard(lock);
  return static_cast<std::uint32_t>(generator());
}

void esp_fill_random(void* buffer, std::size_t size) {
  auto* bytes = static_cast<unsigned char*>(buffer);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<unsigned char>(esp_random());
}

esp_err_t esp_read_mac(std::uint8_t* mac, esp_mac_type_t) {
  constexpr std::uint8_t own[] = {0x24, 0x0a, 0xc4, 0xa1, 0xb2, 0xc3};
  std::memcpy(mac, own, sizeof own);
  return ESP_OK;
}

void bootloader_random_enable() {}
void bootloader_random_disable() {}

void* heap_caps_malloc(std::size_t size, std::uint32_t) {
  return std::malloc(size);
}

void* heap_caps_calloc(std::size_t count, std::size_t size, std::uint32_t) {
  return std::calloc(count, size);
}

void heap_caps_free(void* memory) {
  std::free(memory);
}

std::size_t heap_caps_get_free_size(std::uint32_t) {
  return heliograph::fake_idf::heap().largest_block;
}

std::size_t heap_caps_get_total_size(std::uint32_t capabilities) {
  return (capabilities & MALLOC_CAP_SPIRAM) != 0 ? heliograph::fake_idf::heap().psram : 300'000;
}

std::size_t heap_caps_get_largest_free_block(std::uint32_t) {
  return heliograph::fake_idf::heap().largest_block;
}

// Waits for `ready`, or lets held time pass. The lock is held.
template <class Ready>
static bool wait_for(std::unique_lock<std::mutex>& lock, std::condition_variable& changed, TickType_t ticks,
                     Ready ready) {
  if (ready()) return true;
  if (held_ms) {
    *held_ms += ticks;
    return false;
  }
  return changed.wait_for(lock, std::chrono::milliseconds(ticks), ready);
}

struct FakeSemaphore {
  std::mutex mutex;
  std::condition_variable changed;
  bool given = false;
};

SemaphoreHandle_t xSemaphoreCreateBinary() {
  return new FakeSemaphore;
}

SemaphoreHandle_t xSemaphoreCreateMutex() {
  auto* semaphore = new FakeSemaphore;
  semaphore->given = true;
  return semaphore;
}

void vSemaphoreDelete(SemaphoreHandle_t semaphore) {
  delete semaphore;
}

BaseType_t xSemaphoreTake(SemaphoreHandle_t semaphore, TickType_t ticks) {
  std::unique_lock lock(semaphore->mutex);
  if (!wait_for(lock, semaphore->changed, ticks, [&] { return semaphore->given; })) return pdFALSE;
  semaphore->given = false;
  return pdTRUE;
}

BaseType_t xSemaphoreGive(SemaphoreHandle_t semaphore) {
  {
    const std::lock_guard lock(semaphore->mutex);
    semaphore->given = true;
  }
  semaphore->changed.notify_all();
  return pdTRUE;
}

struct FakeQueue {
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t length;
  std::size_t item_size;
  std::deque<std::vector<unsigned char>> items;
};

QueueHandle_t xQueueCreate(UBaseType_t length, UBaseType_t item_size) {
  auto* queue = new FakeQueue;
  queue->length = length;
  queue->item_size = item_size;
  return queue;
}

void vQueueDelete(QueueHandle_t queue) {
  delete queue;
}

BaseType_t xQueueSend(QueueHandle_t queue, const void* item, TickType_t) {
  {
    const std::lock_guard lock(queue->mutex);
    if (queue->items.size() == queue->length) return pdFALSE;
    const auto* bytes = static_cast<const unsigned char*>(item);
    queue->items.emplace_back(bytes, bytes + queue->item_size);
  }
  queue->changed.notify_all();
  return pdTRUE;
}

BaseType_t xQueueReceive(QueueHandle_t queue, void* item, TickType_t ticks) {
  std::unique_lock lock(queue->mutex);
  if (!wait_for(lock, queue->changed, ticks, [&] { return !queue->items.empty(); })) return pdFALSE;
  std::memcpy(item, queue->items.front().data(), queue->item_size);
  queue->items.pop_front();
  return pdTRUE;
}

void vTaskDelay(TickType_t ticks) {
  if (held_ms) {
    *held_ms += ticks;
  } else {  // a delay is what was asked for
    std::this_thread::sleep_for(std::chrono::milliseconds(ticks));
  }
}

BaseType_t xTaskCreate(void (*task)(void*), const char* name, std::uint32_t, void* argument, UBaseType_t,
                       TaskHandle_t*) {
  heliograph::fake_idf::chip().tasks.emplace_back(name);
  if (heliograph::fake_idf::chip().runs_tasks) std::thread(task, argument).detach();
  return 1;
}

void vTaskDelete(TaskHandle_t) {}

esp_reset_reason_t esp_reset_reason() {
  return heliograph::fake_idf::chip().reset;
}

void esp_restart() {
  throw heliograph::fake_idf::Restarted();
}

struct esp_pm_lock {
  int held = 0;
};

// Of any task.
static std::mutex& locks_mutex() {
  static std::mutex mutex;
  return mutex;
}

esp_err_t esp_pm_configure(const void* config) {
  heliograph::fake_idf::chip().light_sleep = static_cast<const esp_pm_config_t*>(config)->light_sleep_enable;
  return ESP_OK;
}

esp_err_t esp_pm_lock_create(esp_pm_lock_type_t, int, const char*, esp_pm_lock_handle_t* made) {
  if (!heliograph::fake_idf::chip().has_locks) return ESP_ERR_NO_MEM;
  *made = new esp_pm_lock;
  return ESP_OK;
}

esp_err_t esp_pm_lock_acquire(esp_pm_lock_handle_t lock) {
  const std::lock_guard guard(locks_mutex());
  ++lock->held;
  ++heliograph::fake_idf::chip().awake_locks;
  return ESP_OK;
}

esp_err_t esp_pm_lock_release(esp_pm_lock_handle_t lock) {
  const std::lock_guard guard(locks_mutex());
  if (lock->held == 0) return ESP_FAIL;
  --lock->held;
  --heliograph::fake_idf::chip().awake_locks;
  return ESP_OK;
}

// As the real one, which must not be held.
esp_err_t esp_pm_lock_delete(esp_pm_lock_handle_t lock) {
  if (lock->held > 0) return ESP_FAIL;
  delete lock;
  return ESP_OK;
}

esp_err_t esp_sleep_enable_timer_wakeup(std::uint64_t) {
  return ESP_OK;
}

void esp_deep_sleep_start() {
  throw heliograph::fake_idf::SleptDeeply();
}

esp_err_t esp_task_wdt_init(const esp_task_wdt_config_t*) {
  return ESP_OK;
}

esp_err_t esp_task_wdt_reconfigure(const esp_task_wdt_config_t*) {
  return ESP_OK;
}

esp_err_t esp_task_wdt_add(TaskHandle_t) {
  return ESP_OK;
}

esp_err_t esp_task_wdt_reset() {
  heliograph::fake_idf::chip().each_feed();
  return ESP_OK;
}

esp_err_t esp_netif_sntp_init(const esp_sntp_config_t*) {
  return ESP_OK;
}
