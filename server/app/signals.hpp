// How the process is told to end, and what it does meanwhile.
#pragma once

#include "server/base/time.hpp"

#include <chrono>
#include <csignal>
#include <ctime>
#include <functional>
#include <vector>

namespace heliograph::app {

// SIGTERM, SIGINT and SIGHUP are waited for by the main thread alone. One, and made before any other thread.
class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);  // sendfile to a closed socket would end the process
  }

  // What is done again and again until the process is to end, to the second.
  struct Chore {
    std::chrono::seconds interval;
    std::function<void()> work;
    bool at_hangup = false;  // SIGHUP asks for it too
  };

  void wait(const std::vector<Chore>& chores) const {
    const timespec tick{1, 0};
    std::vector<SteadyTime> done_at(chores.size(), std::chrono::steady_clock::now());
    for (;;) {
      const int signal = sigtimedwait(&set_, nullptr, &tick);
      if (signal > 0 && signal != SIGHUP) return;
      const SteadyTime now = std::chrono::steady_clock::now();
      for (std::size_t i = 0; i < chores.size(); ++i) {
        const bool asked_for = signal == SIGHUP && chores[i].at_hangup;
        if (!asked_for && now - done_at[i] < chores[i].interval) continue;
        chores[i].work();
        done_at[i] = now;
      }
    }
  }

  // From now on a signal ends the process: somebody is in a hurry.
  void release() const { pthread_sigmask(SIG_UNBLOCK, &set_, nullptr); }

 private:
  sigset_t set_{};
};

}  // namespace heliograph::app
