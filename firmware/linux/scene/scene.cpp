#include "firmware/linux/scene/scene.hpp"

#include "firmware/linux/scene/caption.hpp"
#include "firmware/linux/scene/light.hpp"
#include "firmware/linux/scene/noise.hpp"
#include "firmware/linux/scene/sky.hpp"
#include "firmware/linux/scene/wildlife.hpp"

#include <cmath>

namespace heliograph::firmware::scene {

Scene::Scene(std::uint32_t seed, int width, int height)
    : view_(choose_view(seed, width, height)),
      orchard_(view_),
      canvas_(width, height),
      pixels_(3 * canvas_.pixels.size()) {}

const std::vector<std::uint8_t>& Scene::draw(const Moment& moment) {
  const Light light(moment.hour);
  paint_sky(canvas_, view_, light, moment.seconds);
  orchard_.paint(canvas_, light, moment.seconds);
  paint_wildlife(canvas_, view_, light, moment.seconds);
  paint_caption(canvas_, moment.caption);
  develop(
      light.night,
      scramble(view_.seed ^ static_cast<std::uint32_t>(static_cast<std::int64_t>(moment.seconds * 1000))));
  return pixels_;
}

// What lens and sensor add: darker corners, a soft shoulder for what is too bright, grain that grows in the
// dark.
void Scene::develop(float night, std::uint32_t grain_seed) {
  const float grain = mix(0.010F, 0.034F, night);
  const float half_width = static_cast<float>(view_.width) / 2;
  const float half_height = static_cast<float>(view_.height) / 2;
  std::uint32_t random = grain_seed | 1;
  std::size_t out = 0;
  for (int y = 0; y < view_.height; ++y) {
    const float dy = (static_cast<float>(y) - half_height) / half_height;
    for (int x = 0; x < view_.width; ++x) {
      const float dx = (static_cast<float>(x) - half_width) / half_width;
      const float vignette = 1 - 0.13F * (dx * dx + dy * dy);
      const Color color = canvas_.at(x, y) * vignette;
      for (const float channel : {color.r, color.g, color.b}) {
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        // Two evenly spread halves make a triangle: close enough to what photons do.
        const float spread =
            (static_cast<float>(random & 0xFFFF) + static_cast<float>(random >> 16)) / 65'536 - 1;
        const float bright =
            channel > 0.85F ? 0.85F + 0.15F * (1 - std::exp(-(channel - 0.85F) / 0.15F)) : channel;
        pixels_[out++] =
            static_cast<std::uint8_t>(std::clamp((bright + grain * spread) * 255.0F, 0.0F, 255.0F));
      }
    }
  }
}

}  // namespace heliograph::firmware::scene
