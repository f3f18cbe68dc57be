#include "firmware/linux/scene/orchard.hpp"

#include "firmware/linux/scene/noise.hpp"

#include <algorithm>
#include <cmath>

namespace heliograph::firmware::scene {

namespace {

// Metres.
constexpr float nearest_tree_z = 5.5F;
constexpr float farthest_tree_z = 95.0F;
constexpr float crown_height = 2.5F;  // of its centre
constexpr float crown_radius = 1.55F;

constexpr Direction up{0, 1, 0};

// How much of the horizon's colour lies between here and there.
float haze_at(float z) {
  return 1 - std::exp(-z / 150);
}

// A tree stands near its place in the row, not on it.
float tree_offset(std::uint32_t seed, int row, int place) {
  return (chance(seed + 40, row, place) - 0.5F) * 0.7F;
}

// Up and down between -1 and 1 as `turns` counts up: a sine, as near as leaves can tell.
float swell(float turns) {
  const float t = 2 * (turns - std::floor(turns)) - 1;
  return 4 * t * (1 - std::abs(t));
}

}  // namespace

Orchard::Surface::Surface(Color color, Direction facing, float haze, Material material)
    : haze(static_cast<std::uint8_t>(haze * 255)), material(material) {
  const float channels[] = {color.r, color.g, color.b};
  const float axes[] = {facing.x, facing.y, facing.z};
  for (int i = 0; i < 3; ++i) {
    rgb[i] = static_cast<std::uint8_t>(std::clamp(channels[i], 0.0F, 1.0F) * 255);
    xyz[i] = static_cast<std::int8_t>(axes[i] * 127);
  }
}

Color Orchard::Surface::color() const {
  return Color{static_cast<float>(rgb[0]), static_cast<float>(rgb[1]), static_cast<float>(rgb[2])} *
         (1 / 255.0F);
}

Direction Orchard::Surface::facing() const {
  constexpr float unit = 1 / 127.0F;
  return {static_cast<float>(xyz[0]) * unit, static_cast<float>(xyz[1]) * unit,
          static_cast<float>(xyz[2]) * unit};
}

Orchard::Orchard(const View& view)
    : view_(view), surfaces_(static_cast<std::size_t>(view.width) * static_cast<std::size_t>(view.height)) {
  draw_hills();
  draw_ground();
  draw_trees();
}

void Orchard::put(int x, int y, const Surface& surface) {
  if (x < 0 || y < 0 || x >= view_.width || y >= view_.height) return;
  surfaces_[static_cast<std::size_t>(y) * static_cast<std::size_t>(view_.width) +
            static_cast<std::size_t>(x)] = surface;
}

// Three ranges, the farthest first and bluest.
void Orchard::draw_hills() {
  constexpr int ranges = 3;
  const auto height = static_cast<float>(view_.height);
  const int bottom = std::min(view_.height - 1, static_cast<int>(view_.horizon_y));
  for (int range = 0; range < ranges; ++range) {
    const auto seed = view_.seed + 30 + static_cast<std::uint32_t>(range);
    const float nearness = static_cast<float>(range) / (ranges - 1);
    const float amplitude = height * mix(0.17F, 0.055F, nearness);
    const float scale = mix(2.4F, 4.2F, nearness) / static_cast<float>(view_.width);
    for (int x = 0; x < view_.width; ++x) {
      const float along = static_cast<float>(x) * scale;
      const float rise = rough_noise(seed, along, 7, 6);
      const float slope = rough_noise(seed, along + 0.02F, 7, 4) - rough_noise(seed, along - 0.02F, 7, 4);
      const int top = static_cast<int>(view_.horizon_y - amplitude * rise);
      for (int y = std::max(0, top); y <= bottom; ++y) {
        const float woods =
            rough_noise(seed + 5, static_cast<float>(x) * 0.09F, static_cast<float>(y) * 0.22F, 3);
        const Color color =
            mix(view_.season->grass * 0.9F, Color{0.20F, 0.28F, 0.16F}, smooth_step(0.40F, 0.60F, woods));
        put(x, y,
            {color, normalized({slope * 6, 1, -0.5F}), mix(0.80F, 0.42F, nearness), Material::far_away});
      }
    }
  }
}

void Orchard::draw_ground() {
  for (int y = std::max(0, static_cast<int>(view_.horizon_y) + 1); y < view_.height; ++y) {
    const float z = view_.ground_z(static_cast<float>(y));
    for (int x = 0; x < view_.width; ++x) {
      put(x, y,
          {ground_color(view_.ground_x(static_cast<float>(x), z), z), up, haze_at(z), Material::ground});
    }
  }
}

// Grass between the rows, mown in lanes; bare earth under the trees.
Color Orchard::ground_color(float x, float z) const {
  const std::uint32_t seed = view_.seed + 35;
  // Detail smaller than a pixel would flicker: it fades with distance.
  const float near = std::exp(-z / 14);
  const float detail = 0.5F * noise(seed + 8, x * 18, z * 8) + 0.5F * noise(seed + 9, x * 55, z * 22);
  const float blades = mix(0.5F, detail, near);
  const float patches = rough_noise(seed, x * 0.45F, z * 0.30F, 4);
  Color color = mix(view_.season->grass, view_.season->dry_grass, smooth_step(0.45F, 0.75F, patches));
  color = color * (0.70F + 0.60F * blades);

  const float row = x / view_.row_spacing + 0.5F;
  const float from_row = std::abs(row - std::round(row)) * view_.row_spacing;  // metres from the nearest row
  const float ragged = 0.35F * (patches - 0.5F);
  const float earth = 1 - smooth_step(0.45F + ragged, 0.85F + ragged, from_row);
  const Color soil = Color{0.42F, 0.33F, 0.22F} * (0.70F + 0.60F * blades);
  color = mix(color, soil, earth * 0.85F);
  // Where the tractor's wheels run.
  const float from_lane = std::abs(from_row - view_.row_spacing / 2);
  const float track = smooth_step(0.5F, 0.7F, from_lane) * (1 - smooth_step(0.9F, 1.1F, from_lane));
  return mix(color, color * Color{0.86F, 0.84F, 0.72F}, track * 0.8F);
}

// The farthest first: what is nearer covers it.
void Orchard::draw_trees() {
  const int places = static_cast<int>((farthest_tree_z - nearest_tree_z) / view_.tree_spacing);
  for (int place = places; place >= 0; --place) {
    const float z = nearest_tree_z + static_cast<float>(place) * view_.tree_spacing;
    // As many rows as the picture is wide at that distance.
    const float half_width = static_cast<float>(view_.width) * z / view_.focal;
    const int rows = static_cast<int>(half_width / view_.row_spacing) + 2;
    for (int row = -rows; row < rows; ++row) {
      const float x = (static_cast<float>(row) + 0.5F) * view_.row_spacing;
      const std::uint32_t seed = scramble(view_.seed + static_cast<std::uint32_t>(row * 1'000 + place));
      draw_tree(x, z + tree_offset(view_.seed, row, place), seed);
    }
  }
}

void Orchard::draw_tree(float x, float z, std::uint32_t seed) {
  const float size = 0.82F + 0.36F * chance(seed, 1);
  const float left = view_.screen_x(x - 2 * crown_radius, z);
  const float right = view_.screen_x(x + 2 * crown_radius, z);
  if (right < 0 || left > static_cast<float>(view_.width)) return;
  draw_trunk(x, z, crown_height * size, seed);
  draw_crown(x, z, size, seed);
}

void Orchard::draw_trunk(float x, float z, float height, std::uint32_t seed) {
  const int top = static_cast<int>(view_.screen_y(height, z));
  const int bottom = static_cast<int>(view_.screen_y(0, z));
  const float lean = (chance(seed, 2) - 0.5F) * 0.3F;
  for (int y = std::max(0, top); y <= bottom && y < view_.height; ++y) {
    const float up_there = static_cast<float>(bottom - y) / static_cast<float>(std::max(1, bottom - top));
    const float center = view_.screen_x(x + lean * up_there, z);
    const float radius = view_.focal / z * mix(0.13F, 0.07F, up_there);
    for (int px = static_cast<int>(center - radius); px <= static_cast<int>(center + radius); ++px) {
      const float across =
          std::clamp((static_cast<float>(px) - center) / std::max(radius, 0.5F), -1.0F, 1.0F);
      const float bark = noise(seed, static_cast<float>(px) * 0.5F, static_cast<float>(y) * 0.12F);
      const Direction facing{across, 0.1F, -std::sqrt(1 - across * across)};
      put(px, y, {Color{0.34F, 0.27F, 0.21F} * (0.65F + 0.6F * bark), facing, haze_at(z), Material::wood});
    }
  }
}

// A few balls of leaves around the middle, the leaves at the back first.
void Orchard::draw_crown(float x, float z, float size, std::uint32_t seed) {
  struct Leaf {
    Direction place;  // metres from the crown's centre
    Direction facing;
    std::uint32_t number;
  };
  constexpr std::size_t balls = 9;
  const float pixels_per_metre = view_.focal / z;
  const float radius = crown_radius * size;
  const float leaf_length = std::max(1.6F, 0.046F * pixels_per_metre);  // half of it
  const float crown_area = radius * radius * pixels_per_metre * pixels_per_metre;
  const auto count =
      static_cast<std::uint32_t>(std::min(26'000.0F, 8.5F * crown_area / (leaf_length * leaf_length)));

  Dice dice(seed + 3);
  Direction centers[balls];
  for (Direction& center : centers) {
    const float around = dice.between(0, 2 * pi);
    const float out = radius * dice.between(0.25F, 0.62F);
    center = {std::cos(around) * out, radius * dice.between(-0.45F, 0.62F), std::sin(around) * out};
  }
  std::vector<Leaf> leaves;
  leaves.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const Direction& center = centers[i % balls];
    const Direction out =
        normalized({dice.between(-1, 1), dice.between(-1, 1), dice.between(-1, 1) + 0.001F});
    const float reach = radius * 0.58F * std::sqrt(dice.between(0.35F, 1));
    const Direction place{center.x + out.x * reach, center.y + out.y * reach, center.z + out.z * reach};
    const Direction facing = normalized({out.x + 0.7F * place.x / radius + dice.between(-0.4F, 0.4F),
                                         out.y + 0.7F * place.y / radius + dice.between(-0.2F, 0.5F),
                                         out.z + 0.7F * place.z / radius + dice.between(-0.4F, 0.4F)});
    leaves.push_back({place, facing, i});
  }
  std::sort(leaves.begin(), leaves.end(), [](const Leaf& a, const Leaf& b) { return a.place.z > b.place.z; });

  for (const Leaf& leaf : leaves) {
    const std::uint32_t own = scramble(seed ^ leaf.number);
    const bool fruit = chance(own, 4) < view_.season->fruit_share;
    Color color = fruit ? view_.season->fruit
                        : mix(view_.season->leaf, view_.season->leaf_accent, std::pow(chance(own, 5), 2.2F));
    // Inside and below it is dark: the light has passed many leaves.
    const float outside = std::sqrt(dot(leaf.place, leaf.place)) / (radius * 1.1F);
    color =
        color * (0.42F + 0.50F * outside + 0.16F * leaf.place.y / radius) * (0.82F + 0.36F * chance(own, 6));
    const float length = leaf_length * (0.65F + 0.7F * chance(own, 7)) * (fruit ? 0.75F : 1.0F);
    const float slimness = fruit || length < 2.2F ? 1.0F : 1.9F;
    draw_leaf(view_.screen_x(x + leaf.place.x, z), view_.screen_y(crown_height * size + leaf.place.y, z),
              length, slimness, pi * chance(own, 8), {color, leaf.facing, haze_at(z), Material::leaf});
  }
}

// An ellipse; `slimness` is how many times longer than wide.
void Orchard::draw_leaf(float x, float y, float half_length, float slimness, float turn,
                        const Surface& surface) {
  const float cosine = std::cos(turn);
  const float sine = std::sin(turn);
  for (int py = static_cast<int>(y - half_length); py <= static_cast<int>(y + half_length); ++py) {
    for (int px = static_cast<int>(x - half_length); px <= static_cast<int>(x + half_length); ++px) {
      const float dx = static_cast<float>(px) - x;
      const float dy = static_cast<float>(py) - y;
      const float along = dx * cosine + dy * sine;
      const float across = (dy * cosine - dx * sine) * slimness;
      if (along * along + across * across <= half_length * half_length) put(px, py, surface);
    }
  }
}

void Orchard::paint(Canvas& canvas, const Light& light, double seconds) const {
  for (int y = 0; y < view_.height; ++y) {
    for (int x = 0; x < view_.width; ++x) {
      const Surface& surface = surfaces_[canvas.index(x, y)];
      if (surface.material != Material::sky) canvas.at(x, y) = lit(surface, light, x, y, seconds);
    }
  }
}

Color Orchard::lit(const Surface& surface, const Light& light, int x, int y, double seconds) const {
  float direct = dot(surface.facing(), light.to_sun);
  if (surface.material == Material::leaf) {
    // Leaves let light through and throw it at each other, and a breeze runs over the rows.
    const auto breeze = static_cast<float>(std::fmod(seconds * 0.14, 1'000.0));
    const float gust = swell(static_cast<float>(x) * 0.0034F + static_cast<float>(y) * 0.0013F - breeze);
    direct = 0.24F + 0.72F * (direct < 0 ? -0.35F * direct : direct) + 0.06F * gust;
  }
  direct = std::max(0.0F, direct);
  if (surface.material == Material::ground) direct *= 1 - 0.82F * ground_shadow(light, x, y);
  const Color color = surface.color() * (light.ambient + light.sun * (0.88F * direct));
  return mix(color, light.horizon, static_cast<float>(surface.haze) / 255);
}

// The rows are a lattice, and so are their shadows: only the nearest place of the lattice needs asking.
float Orchard::ground_shadow(const Light& light, int x, int y) const {
  const float z = view_.ground_z(static_cast<float>(y));
  if (z > farthest_tree_z) return 0;
  const float ground_x = view_.ground_x(static_cast<float>(x), z);
  const float stretch = std::min(7.0F, crown_height / std::max(0.05F, light.to_sun.y));
  const float cast_x = ground_x + light.to_sun.x * stretch;
  const float cast_z = z + light.to_sun.z * stretch;
  const float row = std::round(cast_x / view_.row_spacing - 0.5F);
  const float place = std::round((cast_z - nearest_tree_z) / view_.tree_spacing);
  const float dx = cast_x - (row + 0.5F) * view_.row_spacing;
  const float dz = cast_z - nearest_tree_z - place * view_.tree_spacing -
                   tree_offset(view_.seed, static_cast<int>(row), static_cast<int>(place));
  // A low sun draws them out, and their edge is made of leaves.
  const float across = dx / (crown_radius * (1 + 0.22F * stretch * std::abs(light.to_sun.x)));
  const float along = dz / crown_radius;
  const float ragged = 0.35F * (noise(view_.seed + 36, ground_x * 5, z * 3) - 0.5F);
  return 1 - smooth_step(0.55F, 1.0F, std::sqrt(across * across + along * along) + ragged);
}

}  // namespace heliograph::firmware::scene
