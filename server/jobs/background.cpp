#include "server/jobs/background.hpp"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace heliograph::jobs {
namespace {

constexpr int background_niceness = 10;

}  // namespace

void run_in_background() {
  // On Linux a thread has a niceness of its own.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), background_niceness);
}

}  // namespace heliograph::jobs
