// How much of a picture changed against the one that its camera took before.
//
// How it works. Each picture is seen as a scene: a grid of a few thousand cells, each the mean brightness of
// what it covers, in which a sensor's noise and a JPEG's blocks have averaged out. The one before is first
// given the brightness and contrast of this one, by the straight line that fits most cells best: clouds, dusk
// and exposure change all cells alike, and are no motion. A cell has then changed if it differs by more than
// cells of these two pictures usually do, and if some of the cells around it have changed too: a leaf,
// a raindrop or one line of a burnt-in clock is a cell or two.
//
// Where it ends. It sees that something changed, not what, nor whether it still moves: what left is motion as
// what came is, and what stands still after it came is not. What has the brightness of what is behind it is
// not seen. Shadows that wander and branches in a storm are motion. A picture that has nothing in common with
// the one before (night and day, a lamp that was switched on, a camera that was turned, a hand before the
// lens) has none that could be told.
#pragma once

#include "server/media/raster.hpp"

#include <cstdint>
#include <optional>

namespace heliograph::media {

// Cells along the longer edge. An eighth of a thumbnail, which its decoder gives for next to nothing.
inline constexpr int scene_edge = 60;

// Of one channel or three; the result has one.
Raster scene_of(const Raster& raster);

// The part of the scene that changed, in parts per million. None: it cannot be told: they are of different
// sizes, too small or too dark, or of different scenes. Pure; a fraction of a millisecond.
std::optional<std::int64_t> motion_between(const Raster& before, const Raster& now);

}  // namespace heliograph::media
