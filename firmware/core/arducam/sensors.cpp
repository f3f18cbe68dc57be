#include "firmware/core/arducam/sensors.hpp"

namespace heliograph::firmware::mega {
namespace {

// Version 3 of Arducam's library numbered the resolutions anew, for the sensors that came with it.
constexpr Resolution third[] = {
    {96, 96, 0x00},     {128, 128, 0x01},   {160, 120, 0x02},   {320, 240, 0x03},  {320, 320, 0x04},
    {640, 480, 0x05},   {800, 600, 0x06},   {1024, 768, 0x07},  {1280, 720, 0x08}, {1280, 1024, 0x09},
    {1600, 1200, 0x0A}, {1920, 1080, 0x0B}, {2048, 1536, 0x0C}, {2592, 1944, 0x0D}};
// What of them the smaller ones have.
constexpr std::size_t third_5mp_count = 14;
constexpr std::size_t third_3mp_count = 13;
constexpr std::size_t third_2mp_count = 11;

constexpr Resolution older_3mp[] = {{96, 96, 0x0A},     {128, 128, 0x0B},   {320, 240, 0x01},
                                    {320, 320, 0x0C},   {640, 480, 0x02},   {1280, 720, 0x04},
                                    {1600, 1200, 0x06}, {1920, 1080, 0x07}, {2048, 1536, 0x08}};
constexpr Resolution first_5mp[] = {{96, 96, 0x0A},     {128, 128, 0x0B},   {320, 240, 0x01},
                                    {320, 320, 0x0C},   {640, 480, 0x02},   {1280, 720, 0x04},
                                    {1600, 1200, 0x06}, {1920, 1080, 0x07}, {2592, 1944, 0x09}};
// Eight lines short of the others, as Arducam's header notes.
constexpr Resolution second_5mp[] = {{96, 96, 0x0A},     {128, 128, 0x0B},   {320, 240, 0x01},
                                     {320, 320, 0x0C},   {640, 480, 0x02},   {1280, 720, 0x04},
                                     {1600, 1200, 0x06}, {1920, 1080, 0x07}, {2592, 1936, 0x09}};
constexpr std::size_t older_count = 9;

constexpr std::int64_t older_lines = 30'000;
constexpr std::int64_t third_lines = 10'000;
constexpr std::int64_t older_gain = 1'023;
constexpr std::int64_t third_gain = 240;
constexpr std::int64_t most_times = 31;  // 16 × 31/16

// id, name, generation, resolutions, lines and gain at most, gain by times, sharpness at most, yellowish
constexpr Sensor sensors[] = {
    {0x81, "arducam-mega-5mp-1", Generation::first, first_5mp, older_count, older_lines, older_gain, false, 0,
     false},
    {0x82, "arducam-mega-3mp-1", Generation::first, older_3mp, older_count, older_lines, most_times, true, 8,
     true},
    {0x83, "arducam-mega-5mp-2", Generation::second, second_5mp, older_count, older_lines, older_gain, false,
     0, false},
    {0x84, "arducam-mega-3mp-2", Generation::second, older_3mp, older_count, older_lines, older_gain, false,
     8, true},
    {0x85, "arducam-mega-5mp", Generation::third, third, third_5mp_count, third_lines, third_gain, false, 0,
     false},
    {0x86, "arducam-mega-3mp", Generation::third, third, third_3mp_count, third_lines, third_gain, false, 0,
     true},
    {0x87, "arducam-mega-2mp", Generation::third, third, third_2mp_count, third_lines, third_gain, false, 0,
     true},
};

}  // namespace

const Sensor* find_sensor(std::uint8_t id) {
  for (const Sensor& sensor : sensors) {
    if (sensor.id == id) return &sensor;
  }
  return nullptr;
}

ResolutionName name_of(const Resolution& resolution) {
  ResolutionName name;
  name.append_number(resolution.width).append('x').append_number(resolution.height);
  return name;
}

std::size_t find_resolution(const Sensor& sensor, std::string_view name) {
  std::size_t place = 0;
  while (place < sensor.resolution_count && name_of(sensor.resolutions[place]).view() != name) ++place;
  return place;
}

}  // namespace heliograph::firmware::mega
