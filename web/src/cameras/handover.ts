// How a camera is told where to send and with which key: as a QR code, as a sketch, as a command. Pure.

/** What stands in the QR code; protocol/README.md describes it. */
export function cameraUri(origin: string, key: string): string {
  return `heliograph:?${new URLSearchParams({ server: origin, key }).toString()}`;
}

export function curlCommand(origin: string, key: string): string {
  return `curl --data-binary @photo.jpg -H 'Content-Type: image/jpeg' -H 'X-API-Key: ${key}' ${origin}/upload`;
}

// Characters that end a C string literal or begin an escape in it.
const literal = (text: string) => text.replace(/[\\"]/g, (character) => `\\${character}`);

/** For an AI-Thinker ESP32-CAM in the Arduino IDE (boards: esp32 by Espressif, 3.x). */
export function sketch(origin: string, key: string): string {
  const { protocol } = new URL(origin);
  const secure = protocol === 'https:';
  return `// Sends a picture a minute to Heliograph. Board: AI Thinker ESP32-CAM; Arduino core esp32 3.x.
// This is the short way: it forgets what it could not send. The firmware of Heliograph keeps it.
#include <HTTPClient.h>
#include <${secure ? 'NetworkClientSecure' : 'NetworkClient'}.h>
#include <WiFi.h>
#include <esp_camera.h>

const char* WIFI_NAME = "your network";
const char* WIFI_PASSWORD = "its password";
const char* ADDRESS = "${literal(origin)}/upload";
const char* KEY = "${literal(key)}";
const uint32_t INTERVAL_MS = 60000;
${
  secure
    ? `
// The certificate authorities that the Arduino core brings along.
extern const uint8_t ROOTS_BEGIN[] asm("_binary_x509_crt_bundle_start");
extern const uint8_t ROOTS_END[] asm("_binary_x509_crt_bundle_end");
`
    : ''
}
void setup() {
  Serial.begin(115200);
  camera_config_t pins = {};
  pins.pin_pwdn = 32; pins.pin_reset = -1; pins.pin_xclk = 0;
  pins.pin_sccb_sda = 26; pins.pin_sccb_scl = 27;
  pins.pin_d7 = 35; pins.pin_d6 = 34; pins.pin_d5 = 39; pins.pin_d4 = 36;
  pins.pin_d3 = 21; pins.pin_d2 = 19; pins.pin_d1 = 18; pins.pin_d0 = 5;
  pins.pin_vsync = 25; pins.pin_href = 23; pins.pin_pclk = 22;
  pins.xclk_freq_hz = 20000000;
  pins.pixel_format = PIXFORMAT_JPEG;
  pins.frame_size = FRAMESIZE_UXGA;
  pins.jpeg_quality = 10;
  pins.fb_count = 1;
  pins.fb_location = CAMERA_FB_IN_PSRAM;
  pins.grab_mode = CAMERA_GRAB_LATEST;
  if (esp_camera_init(&pins) != ESP_OK) {
    Serial.println("no camera");
    delay(10000);
    ESP.restart();
  }
  WiFi.begin(WIFI_NAME, WIFI_PASSWORD);
  WiFi.setAutoReconnect(true);
}

void send(camera_fb_t* picture) {
  ${secure ? 'NetworkClientSecure' : 'NetworkClient'} client;
${secure ? '  client.setCACertBundle(ROOTS_BEGIN, ROOTS_END - ROOTS_BEGIN);\n' : ''}  HTTPClient http;
  http.setTimeout(20000);
  if (!http.begin(client, ADDRESS)) return;
  http.addHeader("Content-Type", "image/jpeg");
  http.addHeader("X-API-Key", KEY);
  const int status = http.POST(picture->buf, picture->len);
  Serial.printf("%u bytes: %d %s\\n", picture->len, status, http.getString().c_str());
  http.end();
}

void loop() {
  if (WiFi.status() == WL_CONNECTED) {
    if (camera_fb_t* picture = esp_camera_fb_get()) {
      send(picture);
      esp_camera_fb_return(picture);
    }
  }
  delay(INTERVAL_MS);
}
`;
}
