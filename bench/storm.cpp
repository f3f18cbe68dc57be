// storm: sends named pictures over connections that break, until every one of them is acknowledged, and
// prints what it did as one JSON object. A sender with a bad link, as fast as it goes.
//
//   storm --port 8080 --jpeg base.jpg --pictures 1000000 --key cam_… --key cam_…
//
// Before each try the dice say what happens to it: nothing; the connection breaks in the middle of the
// request; it breaks after it, before the answer is heard; or the answer comes and is not heard. Then the
// picture is sent again under the same name.
#include "bench/connection.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <sys/epoll.h>
#include <unistd.h>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace heliograph::bench {
namespace {

using std::chrono::milliseconds;

// A try without an answer by then is a failure of the server, not of the link.
constexpr std::chrono::seconds patience{30};
// The longest wait before a sender hangs up on an answer: about what a commit takes, so both come first at
// times.
constexpr int longest_wait_us = 4000;
constexpr milliseconds tick{1};

struct Options {
  std::uint16_t port = 0;
  std::string jpeg;
  std::vector<std::string> keys;
  std::uint64_t pictures = 1000;
  int connections = 64;
  double drops = 0.4;
  std::uint32_t seed = 1;
};

enum class Fate { none, cut, hang_up, unheard };

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!bytes.starts_with("\xff\xd8")) throw std::runtime_error("no JPEG: " + path);
  return bytes;
}

struct Tally {
  std::uint64_t tries = 0, acknowledged = 0, cut = 0, hung_up = 0, unheard = 0;
  std::map<int, std::uint64_t> statuses;
};

// One connection, which sends one picture after the other, each until it is acknowledged.
struct Sender {
  explicit Sender(std::uint16_t port) : connection(port) {}

  Connection connection;
  std::optional<std::uint64_t> picture;  // in hand
  Fate fate = Fate::none;
  std::size_t limit = 0;  // bytes of the request that get through
  SteadyTime hang_up_at;
  int watched = -1;  // the descriptor that epoll knows
};

class Storm {
 public:
  explicit Storm(const Options& options)
      : options_(options),
        picture_(read_file(options.jpeg)),
        random_(options.seed),
        epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    for (int i = 0; i < options.connections; ++i) senders_.emplace_back(options.port);
  }
  ~Storm() { ::close(epoll_); }

  std::string run() {
    const auto started = std::chrono::steady_clock::now();
    std::vector<epoll_event> events(senders_.size());
    while (tally_.acknowledged < options_.pictures) {
      now_ = std::chrono::steady_clock::now();
      for (Sender& sender : senders_) look_after(sender);
      const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), tick.count());
      for (int i = 0; i < ready; ++i) advance(senders_[events[static_cast<std::size_t>(i)].data.u64]);
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    std::string statuses;
    for (const auto& [status, times] : tally_.statuses)
      statuses += fmt::format("{}\"{}\":{}", statuses.empty() ? "" : ",", status, times);
    return fmt::format(
        R"({{"acknowledged":{},"tries":{},"cut":{},"hung_up":{},"unheard":{},"statuses":{{{}}},"seconds":{:.1f}}})",
        tally_.acknowledged, tally_.tries, tally_.cut, tally_.hung_up, tally_.unheard, statuses,
        took.count());
  }

 private:
  Request request(std::uint64_t number) const {
    Request request;
    const std::string text = fmt::format("storm {:016x}", number);
    request.mark = std::string("\xff\xfe\x00", 3) + static_cast<char>(text.size() + 2) + text;
    request.before_mark = std::string_view(picture_).substr(0, 2);
    request.after_mark = std::string_view(picture_).substr(2);
    request.head = fmt::format(
        "POST /device/v1/images HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {}\r\nContent-Type: "
        "image/jpeg\r\n"
        "Heliograph-Boot: storm\r\nHeliograph-Sequence: {}\r\nContent-Length: {}\r\n\r\n",
        options_.keys[number % options_.keys.size()], number, picture_.size() + request.mark.size());
    return request;
  }

  void look_after(Sender& sender) {
    if (sender.connection.busy()) {
      if (sender.fate == Fate::hang_up && now_ >= sender.hang_up_at) {
        ++tally_.hung_up;
        hang_up(sender);
      } else if (now_ - sender.connection.begun() > patience) {
        throw std::runtime_error("no answer in time");
      } else {
        return;
      }
    }
    begin(sender);
  }

  void begin(Sender& sender) {
    if (!sender.picture) {
      if (next_ == options_.pictures) return;
      sender.picture = next_++;
    }
    Request next = request(*sender.picture);
    roll(sender, next.size());
    if (!sender.connection.begin(std::move(next), now_)) throw std::runtime_error("cannot connect");
    ++tally_.tries;
    if (sender.watched != sender.connection.descriptor()) {
      sender.watched = sender.connection.descriptor();
      epoll_event event{EPOLLIN | EPOLLOUT | EPOLLET,
                        {.u64 = static_cast<std::uint64_t>(&sender - senders_.data())}};
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, sender.watched, &event);
    }
    advance(sender);
  }

  void roll(Sender& sender, std::size_t size) {
    sender.fate = Fate::none;
    sender.limit = size;
    if (std::uniform_real_distribution<>(0, 1)(random_) >= options_.drops) return;
    sender.fate = std::array{Fate::cut, Fate::hang_up, Fate::unheard}[random_() % 3];
    if (sender.fate == Fate::cut) sender.limit = random_() % size;
    sender.hang_up_at = now_ + std::chrono::microseconds(random_() % longest_wait_us);
  }

  void advance(Sender& sender) {
    if (!sender.connection.busy()) return;
    const auto outcome = sender.connection.progress(sender.limit);
    if (outcome) {
      over(sender, *outcome);
    } else if (sender.fate == Fate::cut) {
      ++tally_.cut;
      hang_up(sender);
    }
  }

  void over(Sender& sender, const Outcome& outcome) {
    if (sender.connection.descriptor() < 0) sender.watched = -1;
    if (outcome.status == 0) return;  // not connected yet, or the server hung up: sent again
    ++tally_.statuses[outcome.status];
    if (outcome.status >= 300) {
      if (outcome.status != 503 && outcome.status != 429)
        throw std::runtime_error(fmt::format("a good picture got {}", outcome.status));
    } else if (sender.fate == Fate::unheard) {
      ++tally_.unheard;
    } else {
      ++tally_.acknowledged;
      sender.picture.reset();
    }
  }

  static void hang_up(Sender& sender) {
    static_cast<void>(sender.connection.give_up("the link broke"));
    sender.connection.close();
    sender.watched = -1;
  }

  const Options& options_;
  std::string picture_;
  std::mt19937 random_;
  std::vector<Sender> senders_;
  Tally tally_;
  std::uint64_t next_ = 0;
  int epoll_;
  SteadyTime now_;
};

}  // namespace
}  // namespace heliograph::bench

int main(int argc, char** argv) {
  heliograph::bench::Options options;
  CLI::App app("Sends pictures over connections that break, until every one is acknowledged");
  app.add_option("--port", options.port, "Of 127.0.0.1")->required();
  app.add_option("--jpeg", options.jpeg, "The picture that every body is made of")->required();
  app.add_option("--key", options.keys, "A camera's key; with several, they take turns")->required();
  app.add_option("--pictures", options.pictures)->capture_default_str();
  app.add_option("--connections", options.connections)->check(CLI::Range(1, 10'000))->capture_default_str();
  app.add_option("--drops", options.drops, "The share of tries that fail")
      ->check(CLI::Range(0.0, 0.99))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "Of the dice")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    std::puts(heliograph::bench::Storm(options).run().c_str());
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "storm: %s\n", problem.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
