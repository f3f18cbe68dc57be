// load: sends requests to a server on this machine as fast as it takes them, or uploads as slowly as a field
// of cameras does, and prints what came of it as one JSON object.
//
//   load --port 8080 --method POST --target /upload --jpeg base.jpg --connections 64 --seconds 10 --header
//   'X-API-Key: …' load --port 8080 --method PUT --target /dav/ …             each body under a name of its
//   own load --port 8080 --method GET --targets file …             the lines of the file, in turn load …
//   --connections 3000 --slow-seconds 2                 each upload in 20 pieces over that time, then a new
//   connection load … --key cam_… --key cam_…                    several cameras: the connections take turns
//
// Every body is the base picture with another comment in it: a good JPEG, and never a repeat. One thread: see
// bench/README.md for how much it can do.
#include "bench/connection.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace heliograph::bench {
namespace {

using std::chrono::duration;
using std::chrono::milliseconds;

// A request that has no answer by then counts as an error.
constexpr std::chrono::seconds request_timeout{30};
// A slow upload comes in so many pieces, as a modem hands them over.
constexpr int slow_pieces = 20;
// How often slow uploads are looked after, and timeouts noticed.
constexpr milliseconds tick{5};

struct Options {
  std::uint16_t port = 0;
  std::string method = "POST";
  std::string target = "/upload";
  std::string targets_file;
  std::string jpeg;
  std::vector<std::string> headers;
  std::vector<std::string> keys;
  int connections = 64;
  double seconds = 10;
  double slow_seconds = 0;
};

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Makes requests, each with a body or a target of its own.
class Requests {
 public:
  explicit Requests(const Options& options) : options_(options) {
    if (!options.targets_file.empty()) {
      std::ifstream file(options.targets_file);
      for (std::string line; std::getline(file, line);) targets_.push_back(line);
      if (targets_.empty()) throw std::runtime_error("no targets in " + options.targets_file);
    }
    if (!options.jpeg.empty()) {
      picture_ = read_file(options.jpeg);
      if (picture_.size() < 4 || !picture_.starts_with("\xff\xd8"))
        throw std::runtime_error("no JPEG: " + options.jpeg);
    }
    for (const std::string& header : options.headers) headers_ += header + "\r\n";
    // Another run must not repeat this one's bodies.
    run_ =
        fmt::format("{:08x}{:016x}", ::getpid(), std::chrono::system_clock::now().time_since_epoch().count());
  }

  // For one of the connections, which is always the same camera.
  Request next(std::size_t connection) {
    const std::uint64_t number = number_++;
    Request request;
    std::size_t length = 0;
    if (!picture_.empty()) {
      // A comment segment right behind the start of image: FF FE, its length in two bytes, the text.
      const std::string text = fmt::format("{}-{:012x}", run_, number);
      request.mark = std::string("\xff\xfe\x00", 3) + static_cast<char>(text.size() + 2) + text;
      request.before_mark = std::string_view(picture_).substr(0, 2);
      request.after_mark = std::string_view(picture_).substr(2);
      length = picture_.size() + request.mark.size();
    }
    std::string target = targets_.empty() ? options_.target : targets_[number % targets_.size()];
    if (options_.method == "PUT") target += fmt::format("{}-{}.jpg", run_, number);
    request.head = fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{}", options_.method, target,
                               options_.port, headers_);
    const auto& keys = options_.keys;
    if (!keys.empty()) request.head += "X-API-Key: " + keys[connection % keys.size()] + "\r\n";
    if (length > 0) request.head += fmt::format("Content-Type: image/jpeg\r\nContent-Length: {}\r\n", length);
    if (options_.slow_seconds > 0) request.head += "Connection: close\r\n";
    request.head += "\r\n";
    return request;
  }

 private:
  const Options& options_;
  std::vector<std::string> targets_;
  std::string picture_;
  std::string headers_;
  std::string run_;
  std::uint64_t number_ = 0;
};

// What is told at the end.
class Tally {
 public:
  void count(const Outcome& outcome, duration<double, std::milli> took, bool in_window) {
    if (outcome.status == 0) {
      ++errors_[std::string(outcome.error)];
      return;
    }
    ++statuses_[outcome.status];
    if (outcome.status >= 300) return;
    latencies_ms_.push_back(took.count());
    if (in_window) ++completed_in_window_;
  }

  std::string json(double seconds) {
    std::sort(latencies_ms_.begin(), latencies_ms_.end());
    const auto quantile = [this](double q) {
      if (latencies_ms_.empty()) return 0.0;
      return latencies_ms_[static_cast<std::size_t>(q * static_cast<double>(latencies_ms_.size() - 1))];
    };
    std::string statuses, errors;
    for (const auto& [status, times] : statuses_)
      statuses += fmt::format("{}\"{}\":{}", statuses.empty() ? "" : ",", status, times);
    for (const auto& [error, times] : errors_)
      errors += fmt::format("{}\"{}\":{}", errors.empty() ? "" : ",", error, times);
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds_of = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return fmt::format(
        R"({{"completed":{},"per_second":{:.1f},"p50_ms":{:.3f},"p99_ms":{:.3f},"max_ms":{:.3f},"statuses":{{{}}},"errors":{{{}}},"own_cpu_seconds":{:.3f}}})",
        latencies_ms_.size(), static_cast<double>(completed_in_window_) / seconds, quantile(0.5),
        quantile(0.99), quantile(1), statuses, errors,
        seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime));
  }

 private:
  std::vector<double> latencies_ms_;
  std::map<int, std::uint64_t> statuses_;
  std::map<std::string, std::uint64_t> errors_;
  std::uint64_t completed_in_window_ = 0;
};

class Load {
 public:
  explicit Load(const Options& options)
      : options_(options),
        requests_(options),
        epoll_(::epoll_create1(EPOLL_CLOEXEC)),
        watched_(static_cast<std::size_t>(options.connections), -1) {
    for (int i = 0; i < options.connections; ++i) connections_.emplace_back(options.port);
  }
  ~Load() { ::close(epoll_); }

  std::string run() {
    start_ = now_ = std::chrono::steady_clock::now();
    end_ = start_ + std::chrono::duration_cast<SteadyTime::duration>(duration<double>(options_.seconds));
    if (!slow()) {
      for (std::size_t i = 0; i < connections_.size(); ++i) begin(i);
    }
    std::vector<epoll_event> events(connections_.size());
    SteadyTime last_tick = start_;
    while (now_ < end_ || in_flight_ > 0) {
      const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()),
                                     static_cast<int>(tick.count()));
      now_ = std::chrono::steady_clock::now();
      for (int i = 0; i < ready; ++i) advance(events[static_cast<std::size_t>(i)].data.u64);
      if (now_ - last_tick >= tick) {
        last_tick = now_;
        on_tick();
      }
    }
    return tally_.json(options_.seconds);
  }

 private:
  bool slow() const { return options_.slow_seconds > 0; }

  // Slow senders start one after the other over the length of one upload, as cameras that were not started
  // together.
  SteadyTime first_start(std::size_t i) const {
    return start_ +
           std::chrono::duration_cast<SteadyTime::duration>(duration<double>(
               options_.slow_seconds * static_cast<double>(i) / static_cast<double>(connections_.size())));
  }

  void begin(std::size_t i) {
    if (start_request(i)) advance(i);
  }

  bool start_request(std::size_t i) {
    Connection& connection = connections_[i];
    if (!connection.begin(requests_.next(i), now_)) {
      tally_.count({0, "cannot connect"}, {}, false);
      return false;
    }
    ++in_flight_;
    if (watched_[i] != connection.descriptor()) {
      // Edge-triggered: told once when it can be written, and whenever something has come.
      epoll_event event{EPOLLIN | EPOLLOUT | EPOLLET, {.u64 = i}};
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.descriptor(), &event);
      watched_[i] = connection.descriptor();
    }
    return true;
  }

  // As much as the socket and the sender's own pace allow, request after request. After an error the next one
  // waits for the tick: a server that is gone is not hammered.
  void advance(std::size_t i) {
    Connection& connection = connections_[i];
    while (connection.busy()) {
      const auto outcome = connection.progress(allowed(connection));
      if (!outcome) return;
      over(i, *outcome);
      if (slow() || outcome->status == 0 || now_ >= end_ || !start_request(i)) return;
    }
  }

  void over(std::size_t i, const Outcome& outcome) {
    now_ = std::chrono::steady_clock::now();
    --in_flight_;
    tally_.count(outcome, now_ - connections_[i].begun(), now_ <= end_);
    if (connections_[i].descriptor() < 0) watched_[i] = -1;
  }

  // Bytes a sender may have sent by now.
  std::size_t allowed(const Connection& connection) const {
    if (!slow()) return connection.request_size();
    const double share = duration<double>(now_ - connection.begun()).count() / options_.slow_seconds;
    const double pieces = std::min<double>(slow_pieces, 1 + share * (slow_pieces - 1));
    return static_cast<std::size_t>(static_cast<double>(connection.request_size()) *
                                    static_cast<int>(pieces) / slow_pieces);
  }

  void on_tick() {
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      Connection& connection = connections_[i];
      if (connection.busy() && now_ - connection.begun() > request_timeout) {
        over(i, *connection.give_up("timeout"));
      } else if (connection.busy()) {
        if (slow()) advance(i);
      } else if (now_ < end_ && (!slow() || now_ >= first_start(i))) {
        begin(i);
      }
    }
  }

  const Options& options_;
  Requests requests_;
  Tally tally_;
  int epoll_;
  std::vector<Connection> connections_;
  std::vector<int> watched_;  // the descriptor that epoll knows, for each connection
  SteadyTime start_, end_, now_;
  int in_flight_ = 0;
};

}  // namespace
}  // namespace heliograph::bench

int main(int argc, char** argv) {
  heliograph::bench::Options options;
  CLI::App app("Sends uploads or questions to a server on this machine and prints what came of it");
  app.add_option("--port", options.port, "Of 127.0.0.1")->required();
  app.add_option("--method", options.method)
      ->check(CLI::IsMember({"GET", "POST", "PUT"}))
      ->capture_default_str();
  app.add_option("--target", options.target, "With PUT, each request adds a name of its own")
      ->capture_default_str();
  app.add_option("--targets", options.targets_file, "File of targets, a line each, asked in turn");
  app.add_option("--jpeg", options.jpeg, "The picture that every body is made of");
  app.add_option("--header", options.headers, "Sent with each request; may be repeated");
  app.add_option("--key", options.keys, "A camera's key; with several, the connections take turns");
  app.add_option("--connections", options.connections)->check(CLI::Range(1, 50'000))->capture_default_str();
  app.add_option("--seconds", options.seconds)->check(CLI::PositiveNumber)->capture_default_str();
  app.add_option("--slow-seconds", options.slow_seconds,
                 "Each upload takes this long, on a connection of its own");
  CLI11_PARSE(app, argc, argv);
  try {
    std::puts(heliograph::bench::Load(options).run().c_str());
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "load: %s\n", problem.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
