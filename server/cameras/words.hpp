// What sentences for people are made of. Pure.
#pragma once

#include <chrono>
#include <string>

namespace heliograph::cameras {

// "50 seconds", "60 minutes", "47 hours", "3 days": two of a unit before the next one begins, as the
// dashboard has it. Less than nothing is none.
std::string span_words(std::chrono::milliseconds span);

}  // namespace heliograph::cameras
