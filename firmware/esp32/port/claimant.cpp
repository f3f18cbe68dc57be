#include "firmware/esp32/port/claimant.hpp"

#include "firmware/core/claim.hpp"

#include <memory>
#include <new>

namespace heliograph::firmware {

namespace {

// What one try needs; not on a task's stack.
struct Papers {
  ClaimRequest request;
  HttpResponse response;
};

void show_answer(const ClaimAnswer& answer, ShowSentence show) {
  const bool waits = answer.state == ClaimAnswer::State::waiting;
  Text<300> sentence(
      std::string_view(waits ? "Type this code in the dashboard, at Cameras: " : "Not announced yet: "));
  sentence.append(waits ? answer.code.view() : answer.reason.view());
  show(sentence.view());
}

}  // namespace

bool claim(const ClaimPlatform& platform, Settings& settings, std::string_view model, ShowSentence show) {
  const std::unique_ptr<Papers> papers(new (std::nothrow) Papers);
  if (!papers) return false;
  if (settings.key.empty()) {
    const CameraKey key = make_camera_key(platform.random);
    settings = platform.store.change([&](Settings& kept) { kept.key = Text<max_key_length>(key.view()); });
  }
  const ServerAddress& address = settings.server;
  const Server server{address.host.view(), address.port, address.tls, address.base_path.view(),
                      settings.key.view()};
  HttpClient client(platform.stream, platform.clock, {server.host, server.port, server.tls});
  write_claim(server, model, papers->request);
  for (;;) {
    const std::string_view body = papers->request.body.view();
    const ExchangeStatus status = client.exchange(
        {papers->request.head.view(), reinterpret_cast<const std::uint8_t*>(body.data()), body.size()},
        papers->response);
    const ClaimAnswer answer = judge_claim(status, papers->response, client.error_text());
    if (answer.state == ClaimAnswer::State::accepted) break;
    show_answer(answer, show);
    if (answer.state == ClaimAnswer::State::hopeless) return false;
    platform.clock.sleep_until(platform.clock.mono_ms() + answer.pause_ms);
  }
  settings = platform.store.change([](Settings& kept) { kept.claimed = true; });
  return true;
}

}  // namespace heliograph::firmware
