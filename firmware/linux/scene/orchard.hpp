// What stands still: hills, the ground and the rows of trees. Drawn once into surfaces (colour,
// direction, distance); every frame only lights them, which is what changes.
#pragma once

#include "firmware/linux/scene/canvas.hpp"
#include "firmware/linux/scene/light.hpp"
#include "firmware/linux/scene/view.hpp"

#include <cstdint>
#include <vector>

namespace heliograph::firmware::scene {

class Orchard {
 public:
  explicit Orchard(const View& view);

  // Lights everything below the sky. `seconds` is for the wind in the leaves.
  void paint(Canvas& canvas, const Light& light, double seconds) const;

 private:
  enum class Material : std::uint8_t { sky, far_away, ground, wood, leaf };

  // What is seen in one pixel. Packed: there is one for every pixel of every virtual camera.
  struct Surface {
    Surface() = default;
    Surface(Color color, Direction facing, float haze, Material material);
    Color color() const;
    Direction facing() const;

    std::uint8_t rgb[3] = {};
    std::int8_t xyz[3] = {};
    std::uint8_t haze = 0;  // 0 near, 255 lost in the colour of the horizon
    Material material = Material::sky;
  };

  void put(int x, int y, const Surface& surface);
  void draw_hills();
  void draw_ground();
  Color ground_color(float x, float z) const;
  void draw_trees();
  void draw_tree(float x, float z, std::uint32_t seed);
  void draw_trunk(float x, float z, float height, std::uint32_t seed);
  void draw_crown(float x, float z, float size, std::uint32_t seed);
  void draw_leaf(float x, float y, float half_length, float slimness, float turn, const Surface& surface);
  Color lit(const Surface& surface, const Light& light, int x, int y, double seconds) const;
  float ground_shadow(const Light& light, int x, int y) const;

  const View& view_;
  std::vector<Surface> surfaces_;
};

}  // namespace heliograph::firmware::scene
