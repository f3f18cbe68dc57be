// The small print in the corner, as cameras write it.
#pragma once

#include "firmware/linux/scene/canvas.hpp"

#include <string_view>

namespace heliograph::firmware::scene {

// Writes digits, '-', ':' and '#' (other characters are spaces) into the lower left corner, in a size that
// can be read.
void paint_caption(Canvas& canvas, std::string_view text);

}  // namespace heliograph::firmware::scene
