// Everything above the horizon: gradient, sun and moon, stars, clouds.
#pragma once

#include "firmware/linux/scene/canvas.hpp"
#include "firmware/linux/scene/light.hpp"
#include "firmware/linux/scene/view.hpp"

namespace heliograph::firmware::scene {

// `seconds` moves the clouds and lets the stars twinkle.
void paint_sky(Canvas& canvas, const View& view, const Light& light, double seconds);

}  // namespace heliograph::firmware::scene
