#include "firmware/linux/claimant.hpp"

#include "firmware/core/claim.hpp"
#include "firmware/linux/file_descriptor.hpp"
#include "firmware/linux/network_stream.hpp"
#include "firmware/linux/posix_clock.hpp"
#include "firmware/linux/posix_random.hpp"
#include "firmware/linux/tls_context.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

#include <boost/json.hpp>

namespace heliograph::firmware {
namespace {

std::string model() {
  std::array<char, 64> host{};
  gethostname(host.data(), host.size() - 1);
  return "heliograph-cam on " + std::string(host.data());
}

// What changed since the last answer, for whoever watches.
class Display {
 public:
  explicit Display(bool json) : json_(json) {}

  void show(const ClaimAnswer& answer) {
    const bool waits = answer.state == ClaimAnswer::State::waiting;
    const std::string said(waits ? answer.code.view() : answer.reason.view());
    if (said == last_) return;
    last_ = said;
    if (json_) {
      const boost::json::object object{{"event", waits ? "claim" : "claim-failed"},
                                       {waits ? "code" : "reason", boost::json::string(said)}};
      std::printf("%s\n", boost::json::serialize(object).c_str());
    } else if (waits) {
      std::printf("code %s: type it in the dashboard, at Cameras, or: heliograph camera claim %s NAME\n",
                  said.c_str(), said.c_str());
    } else {
      std::printf("not announced yet: %s\n", said.c_str());
    }
    std::fflush(stdout);
  }

 private:
  const bool json_;
  std::string last_;
};

}  // namespace

void make_key_file(const std::string& path) {
  PosixRandom random;
  const CameraKey key = make_camera_key(random);
  const std::string line = std::string(key.view()) + '\n';
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  const bool written = file.get() >= 0 &&
                       ::write(file.get(), line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                       ::fsync(file.get()) == 0;
  if (!written)
    throw std::runtime_error(path + ": " + std::error_code(errno, std::generic_category()).message());
}

void wait_for_claim(const Options& options) {
  PosixClock clock;
  const TlsContext tls(options.ca_file);
  const FileDescriptor never(::eventfd(0, EFD_CLOEXEC));
  NetworkStream stream(clock, tls, never.get());
  HttpClient client(stream, clock, {options.server.host, options.server.port, options.server.tls});
  const Server server{options.server.host, options.server.port, options.server.tls, options.server.base_path,
                      options.key_of(0)};
  const auto request = std::make_unique<ClaimRequest>();
  const auto response = std::make_unique<HttpResponse>();
  write_claim(server, model(), *request);
  Display display(options.json);
  for (;;) {
    const std::string_view body = request->body.view();
    const ExchangeStatus status = client.exchange(
        {request->head.view(), reinterpret_cast<const std::uint8_t*>(body.data()), body.size()}, *response);
    const ClaimAnswer answer = judge_claim(status, *response, client.error_text());
    if (answer.state == ClaimAnswer::State::accepted) return;
    if (answer.state == ClaimAnswer::State::hopeless) {
      throw std::runtime_error("the server does not take this camera's claim: " +
                               std::string(answer.reason.view()));
    }
    display.show(answer);
    clock.sleep_until(clock.mono_ms() + answer.pause_ms);
  }
}

}  // namespace heliograph::firmware
