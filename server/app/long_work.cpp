#include "server/app/long_work.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <unistd.h>

#include <fmt/format.h>

namespace heliograph::app {
namespace {

// Fast enough to look alive, slow enough to be read.
constexpr std::chrono::milliseconds show_interval{200};

// A signal handler can reach nothing else.
volatile std::sig_atomic_t interrupted = 0;

void interrupt(int number) {
  interrupted = 1;
  std::signal(number, SIG_DFL);  // somebody who asks twice is in a hurry
}

std::string time_left(double seconds) {
  if (seconds < 90) return fmt::format("{:.0f} s left", seconds);
  if (seconds < 90 * 60) return fmt::format("{:.0f} min left", seconds / 60);
  return fmt::format("{:.0f} h left", seconds / 3600);
}

}  // namespace

std::string progress_text(std::int64_t done, std::int64_t done_before, std::int64_t total,
                          std::chrono::duration<double> elapsed) {
  const double share = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 1;
  const double pace = elapsed.count() > 0 ? static_cast<double>(done - done_before) / elapsed.count() : 0;
  std::string text = fmt::format("{} of {} pictures   {:.0f}%   {:.0f}/s", done, total, share * 100, pace);
  if (pace > 0)
    text += "   " + time_left(static_cast<double>(std::max<std::int64_t>(total - done, 0)) / pace);
  return text;
}

LongWork::LongWork() : started_(clock_.steady()), shown_(started_), terminal_(::isatty(STDERR_FILENO) == 1) {
  interrupted = 0;
  std::signal(SIGINT, interrupt);
  std::signal(SIGTERM, interrupt);
}

LongWork::~LongWork() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  if (terminal_ && shown_ != started_) std::fputs("\r\x1b[K", stderr);  // the line has served
}

bool LongWork::progress(std::int64_t done, std::int64_t total) {
  if (done_before_ < 0) done_before_ = done;
  const SteadyTime now = clock_.steady();
  if (terminal_ && now - shown_ >= show_interval) {
    shown_ = now;
    std::fprintf(stderr, "\r\x1b[K%s", progress_text(done, done_before_, total, now - started_).c_str());
  }
  return interrupted == 0;
}

}  // namespace heliograph::app
