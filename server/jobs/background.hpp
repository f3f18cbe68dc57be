// Threads of this module give way: pictures that arrive go before pictures that are looked after.
#pragma once

namespace heliograph::jobs {

// Lowers the priority of the calling thread.
void run_in_background();

}  // namespace heliograph::jobs
