// Where this camera stands and in which year's season: everything that makes one virtual camera differ from
// the next.
#pragma once

#include "firmware/linux/scene/canvas.hpp"

#include <cstdint>

namespace heliograph::firmware::scene {

struct Season {
  Color leaf;         // of most trees
  Color leaf_accent;  // of some leaves
  Color fruit;        // fruit, or blossom
  float fruit_share;  // of leaves that are one
  Color grass;
  Color dry_grass;
};

struct View {
  // Where a point of the world, metres, stands in the picture.
  float screen_x(float x, float z) const { return vanishing_x + focal * x / z; }
  float screen_y(float y, float z) const { return horizon_y + focal * (camera_height - y) / z; }
  // How far away the ground is at a line of the picture below the horizon.
  float ground_z(float y) const { return focal * camera_height / (y - horizon_y); }
  float ground_x(float x, float z) const { return (x - vanishing_x) * z / focal; }

  std::uint32_t seed;
  int width;
  int height;
  float focal;          // pixels
  float horizon_y;      // pixels
  float vanishing_x;    // pixels; where the rows meet
  float camera_height;  // metres
  float row_spacing;    // metres between rows; the camera stands between two
  float tree_spacing;   // metres between trees of a row
  const Season* season;
};

// The view that belongs to a seed.
View choose_view(std::uint32_t seed, int width, int height);

}  // namespace heliograph::firmware::scene
