#include "firmware/linux/scene/view.hpp"

#include "firmware/linux/scene/noise.hpp"

#include <iterator>

namespace heliograph::firmware::scene {

namespace {

constexpr Season seasons[] = {
    // Summer: deep green, the first apples.
    {{0.27F, 0.43F, 0.15F},
     {0.40F, 0.55F, 0.20F},
     {0.72F, 0.16F, 0.12F},
     0.020F,
     {0.38F, 0.53F, 0.20F},
     {0.58F, 0.56F, 0.30F}},
    // Spring: fresh green under blossom.
    {{0.50F, 0.62F, 0.30F},
     {0.96F, 0.86F, 0.89F},
     {1.00F, 0.95F, 0.95F},
     0.450F,
     {0.40F, 0.62F, 0.24F},
     {0.62F, 0.66F, 0.32F}},
    // Autumn: gold and rust.
    {{0.66F, 0.44F, 0.13F},
     {0.80F, 0.32F, 0.12F},
     {0.90F, 0.66F, 0.18F},
     0.080F,
     {0.46F, 0.50F, 0.21F},
     {0.64F, 0.54F, 0.28F}},
    // Late summer: olive leaves heavy with fruit.
    {{0.33F, 0.42F, 0.19F},
     {0.48F, 0.50F, 0.24F},
     {0.86F, 0.36F, 0.10F},
     0.045F,
     {0.44F, 0.52F, 0.22F},
     {0.70F, 0.62F, 0.36F}},
};

}  // namespace

View choose_view(std::uint32_t seed, int width, int height) {
  const auto w = static_cast<float>(width);
  const auto h = static_cast<float>(height);
  View view{};
  view.seed = scramble(seed + 1);
  view.width = width;
  view.height = height;
  Dice dice(view.seed);
  view.focal = w * dice.between(0.78F, 0.95F);
  view.horizon_y = h * dice.between(0.40F, 0.50F);
  view.vanishing_x = w * dice.between(0.30F, 0.70F);
  view.camera_height = dice.between(2.2F, 3.4F);
  view.row_spacing = dice.between(4.6F, 5.8F);
  view.tree_spacing = dice.between(3.4F, 4.2F);
  view.season = &seasons[seed % std::size(seasons)];
  return view;
}

}  // namespace heliograph::firmware::scene
