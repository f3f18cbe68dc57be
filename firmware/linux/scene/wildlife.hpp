// What moves: birds, bees in front of the lens, fireflies after dark, and the tractor at work.
#pragma once

#include "firmware/linux/scene/canvas.hpp"
#include "firmware/linux/scene/light.hpp"
#include "firmware/linux/scene/view.hpp"

namespace heliograph::firmware::scene {

void paint_wildlife(Canvas& canvas, const View& view, const Light& light, double seconds);

}  // namespace heliograph::firmware::scene
