// Of our own, for the host: as much of ESP-IDF's <esp_camera.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <esp_err.h>

enum ledc_timer_t { LEDC_TIMER_0 };
enum ledc_channel_t { LEDC_CHANNEL_0 };
enum pixformat_t { PIXFORMAT_JPEG = 4 };
enum framesize_t {
  FRAMESIZE_QVGA,
  FRAMESIZE_VGA,
  FRAMESIZE_SVGA,
  FRAMESIZE_XGA,
  FRAMESIZE_HD,
  FRAMESIZE_SXGA,
  FRAMESIZE_UXGA,
  FRAMESIZE_QXGA,
  FRAMESIZE_5MP
};
enum camera_fb_location_t { CAMERA_FB_IN_PSRAM, CAMERA_FB_IN_DRAM };
enum camera_grab_mode_t { CAMERA_GRAB_WHEN_EMPTY, CAMERA_GRAB_LATEST };
enum camera_pid_t { OV2640_PID = 0x26, OV3660_PID = 0x3660, OV5640_PID = 0x5640 };

struct camera_config_t {
  int pin_pwdn, pin_reset, pin_xclk, pin_sccb_sda, pin_sccb_scl;
  int pin_d7, pin_d6, pin_d5, pin_d4, pin_d3, pin_d2, pin_d1, pin_d0;
  int pin_vsync, pin_href, pin_pclk;
  int xclk_freq_hz;
  ledc_timer_t ledc_timer;
  ledc_channel_t ledc_channel;
  pixformat_t pixel_format;
  framesize_t frame_size;
  int jpeg_quality;
  std::size_t fb_count;
  camera_fb_location_t fb_location;
  camera_grab_mode_t grab_mode;
};
struct camera_fb_t {
  std::uint8_t* buf;
  std::size_t len;
};
struct sensor_id_t {
  std::uint16_t PID;
};
struct sensor_t {
  sensor_id_t id;
  int (*set_framesize)(sensor_t*, framesize_t);
  int (*set_quality)(sensor_t*, int);
  int (*set_vflip)(sensor_t*, int);
  int (*set_hmirror)(sensor_t*, int);
  int (*set_exposure_ctrl)(sensor_t*, int);
  int (*set_aec_value)(sensor_t*, int);
  int (*set_gain_ctrl)(sensor_t*, int);
  int (*set_agc_gain)(sensor_t*, int);
  int (*set_ae_level)(sensor_t*, int);
  int (*set_brightness)(sensor_t*, int);
  int (*set_contrast)(sensor_t*, int);
  int (*set_saturation)(sensor_t*, int);
  int (*set_sharpness)(sensor_t*, int);
  int (*set_wb_mode)(sensor_t*, int);
  int (*set_special_effect)(sensor_t*, int);
};

esp_err_t esp_camera_init(const camera_config_t* config);
esp_err_t esp_camera_deinit();
camera_fb_t* esp_camera_fb_get();
void esp_camera_fb_return(camera_fb_t* frame);
sensor_t* esp_camera_sensor_get();
