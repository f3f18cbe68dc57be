// The program of an ESP32-CAM as a process on this machine, for tests that need a server: its sensor shows
// files, its Wi-Fi is always there, it has no card, and its sockets are real.
//
//   heliograph-esp32-on-host HOST PORT KEY PICTURE…      over plain HTTP
#include "firmware/esp32/fake_idf/fake_os.hpp"
#include "firmware/esp32/fake_idf/fake_wires.hpp"
#include "firmware/esp32/main/app.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

namespace {

// More than a test asks for.
constexpr int shown_each = 1'000;

}  // namespace

int main(int argc, char** argv) {
  using namespace heliograph;
  if (argc < 5) return std::fputs("HOST PORT KEY PICTURE…\n", stderr), 2;
  for (int round = 0; round < shown_each; ++round) {
    for (int i = 4; i < argc; ++i) {
      std::ifstream file(argv[i], std::ios::binary);
      fake_idf::sensor_chip().pictures.emplace_back(std::istreambuf_iterator<char>(file),
                                                    std::istreambuf_iterator<char>());
    }
  }
  fake_idf::card_slot().has_card = false;
  fake_idf::chip().runs_tasks = true;
  firmware::SettingsStore().change([&](firmware::Settings& settings) {
    settings.wifi.name = firmware::Text<32>(std::string_view("garden"));
    settings.server.host = firmware::Text<firmware::max_host_length>(std::string_view(argv[1]));
    settings.server.port = static_cast<std::uint16_t>(std::strtoul(argv[2], nullptr, 10));
    settings.server.tls = false;
    settings.key = firmware::Text<firmware::max_key_length>(std::string_view(argv[3]));
    settings.claimed = true;
  });
  static firmware::App app;
  try {
    app.run();
  } catch (const fake_idf::Restarted&) {
    std::puts("restarted");
    std::fflush(stdout);
    std::_Exit(0);  // its tasks run on, as they would not on a board
  }
}
