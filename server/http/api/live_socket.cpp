// GET /api/v1/live: every live picture that a browser shows, over one connection.
#include "server/http/api/browser.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/link_messages.hpp"
#include "server/http/api/live_keep.hpp"
#include "server/http/api/live_view.hpp"
#include "server/live/thinner.hpp"

#include <algorithm>
#include <array>
#include <list>
#include <memory>
#include <utility>

namespace heliograph::http {
namespace {

using protocol::SocketClose;

// Proxies close what is silent.
constexpr std::chrono::seconds ping_interval{30};
// Two pings without an answer: the browser is gone.
constexpr std::chrono::seconds patience{75};
// Cameras on one page.
constexpr std::size_t max_tiles = 64;
// Bytes of what a browser says.
constexpr std::size_t max_wish_bytes = 1024;

// The camera's id as text, and zeros: so that the header behind it lies at a round offset.
using TileHead = std::array<char, 16>;

TileHead head_of(CameraId camera) {
  TileHead head{};
  to_string(camera).copy(head.data(), head.size());
  return head;
}

// Pictures that are kept one after the other, while they are watched.
struct Series {
  catalog::Camera camera;
  std::chrono::seconds interval;
  SteadyTime due;
};

struct Tile {
  CameraId camera;
  live::FrameHub::Watch watch;
  live::Thinner thinner;
  std::optional<TileState> told{};
  std::optional<Series> series{};
};

constexpr std::string_view may_not_keep = "only who may operate the camera keeps its pictures";

std::string no_such_camera(CameraId camera) {
  return "there is no camera " + to_string(camera);
}

// One browser: what it watches, and what is to be sent to it next.
class Viewer {
 public:
  Viewer(Services& services, Audience audience, Sight sight, WebSocket& socket)
      : services_(services), audience_(std::move(audience)), sight_(std::move(sight)), socket_(socket) {}

  // What may not be seen any more is not shown any more. An error: the viewer may not come in any more.
  Task<Result<void>> admit_again() {
    auto sight = co_await audience_.admit();
    if (!sight) co_return sight.error();
    sight_ = std::move(*sight);
    std::erase_if(tiles_, [this](const Tile& tile) { return !may_see(tile.camera); });
    co_return Result<void>{};
  }

  // The answer to what the browser said; empty: none.
  Task<Result<std::string>> take(WebSocket::Message message) {
    if (!message.text) co_return Error{ErrorKind::bad_request, "what a browser says is text"};
    const auto says = read_viewer_message(message.bytes);
    if (!says) co_return says.error();
    if (says->wish == ViewerSays::Wish::keep) co_return co_await keep(says->camera, says->interval);
    std::erase_if(tiles_, [&says](const Tile& tile) { return tile.camera == says->camera; });
    if (says->wish == ViewerSays::Wish::unwatch) co_return std::string();
    if (!may_see(says->camera)) co_return write_refused(says->camera, no_such_camera(says->camera));
    if (tiles_.size() == max_tiles) co_return Error{ErrorKind::bad_request, "there are too many at once"};
    tiles_.push_back(
        {says->camera,
         services_.frames.watch(says->camera, says->wants, [&socket = socket_] { socket.wake(); }),
         live::Thinner(says->wants.fps)});
    co_return std::string();
  }

  // One pass over all tiles; whether anything was sent, and there may be more.
  Task<Result<bool>> send_news() {
    bool any = false;
    for (Tile& tile : tiles_) {
      const TileState state{on_air(services_, tile.camera), tile.watch.missed()};
      if (tile.told != state) {
        tile.told = state;
        const std::string text = write_state(tile.camera, state, services_.clock.now());
        if (const auto sent = co_await socket_.send_text(text); !sent) co_return sent.error();
      }
      const SteadyTime now = services_.clock.steady();
      auto frame = tile.thinner.next(tile.watch.next(), now);
      if (frame) frame = shown_to(audience_, std::move(frame));
      if (!frame) continue;
      const TileHead head = head_of(tile.camera);
      const auto sent = co_await socket_.send_binary({head.data(), head.size()}, frame->message);
      if (!sent) co_return sent.error();
      any = true;
      if (tile.series && now >= tile.series->due) {
        const std::string text = co_await keep_next(tile, std::move(frame));
        if (const auto told = co_await socket_.send_text(text); !told) co_return told.error();
      }
    }
    co_return any;
  }

  // When there may be something to send although nothing new has come.
  SteadyTime due() const {
    SteadyTime due = SteadyTime::max();
    for (const Tile& tile : tiles_) due = std::min(due, tile.thinner.due());
    return due;
  }

 private:
  // Begins a series, or ends it: interval 0.
  Task<Result<std::string>> keep(CameraId camera, std::chrono::seconds interval) {
    const auto tile = std::ranges::find(tiles_, camera, &Tile::camera);
    if (tile == tiles_.end()) co_return write_refused(camera, "only what is watched can be kept");
    tile->series.reset();
    if (interval.count() == 0) co_return std::string();
    if (!sight_(accounts::Right::operate, camera)) co_return write_refused(camera, may_not_keep);
    auto known = co_await begin_keeping(services_, audience_.actor, camera, interval);
    if (!known) co_return write_refused(camera, known.error().detail);
    tile->series = Series{std::move(*known), interval, services_.clock.steady()};
    co_return std::string();
  }

  // Who watches waits for the disk meanwhile: it takes milliseconds, and whoever keeps wants to know. Returns
  // what they are told.
  Task<std::string> keep_next(Tile& tile, std::shared_ptr<const live::Frame> frame) {
    if (!sight_(accounts::Right::operate, tile.camera)) {
      tile.series.reset();
      co_return write_not_kept(tile.camera, may_not_keep);
    }
    tile.series->due = services_.clock.steady() + tile.series->interval;
    const auto receipt = co_await keep_frame(services_, tile.series->camera, std::move(frame));
    co_return receipt ? write_kept(tile.camera, receipt->id)
                      : write_not_kept(tile.camera, receipt.error().detail);
  }

  bool may_see(CameraId camera) const { return sight_(accounts::Right::view, camera); }

  Services& services_;
  const Audience audience_;
  Sight sight_;
  WebSocket& socket_;
  std::list<Tile> tiles_;  // nothing here is moved while it is sent
};

// Does what the browser has said so far. False: it is over.
Task<bool> hear(Viewer& viewer, WebSocket& socket) {
  for (;;) {
    auto message = co_await socket.receive(max_wish_bytes);
    if (!message) co_return false;
    if (!*message) co_return true;
    const auto answer = co_await viewer.take(std::move(**message));
    if (!answer) {
      co_await socket.close(SocketClose::not_wanted, answer.error().detail);
      co_return false;
    }
    if (!answer->empty() && !co_await socket.send_text(*answer)) co_return false;
  }
}

Task<void> run_viewer(Services& services, Audience audience, Sight sight, WebSocket& socket) {
  Viewer viewer(services, std::move(audience), std::move(sight), socket);
  SteadyTime admitted = services.clock.steady();
  SteadyTime pinged = admitted;
  while (co_await hear(viewer, socket)) {
    const SteadyTime now = services.clock.steady();
    if (now - socket.heard_at() >= patience) co_return;
    if (now - admitted >= admission_lasts) {
      const auto again = co_await viewer.admit_again();
      if (!again) co_return co_await socket.close(SocketClose::not_allowed, again.error().detail);
      admitted = now;
    }
    if (now - pinged >= ping_interval) {
      if (!co_await socket.ping()) co_return;
      pinged = now;
    }
    const auto sent = co_await viewer.send_news();
    if (!sent) co_return;
    const SteadyTime next = *sent ? now : std::min(admitted + admission_lasts, viewer.due());
    co_await socket.wait(time_until(next, services.clock.steady()));
  }
}

}  // namespace

Response live_socket(Services& services, const Request& request, Audience audience, Sight sight) {
  // A browser sends its cookie with any page's socket, and lets that page read what comes.
  if (const auto same = check_origin(request); !same) return problem_response(same.error());
  Response response;
  response.body =
      SocketBody([&services, audience = std::move(audience), sight = std::move(sight)](WebSocket& socket) {
        return run_viewer(services, audience, sight, socket);
      });
  return response;
}

Task<Response> follow_live(Services& services, Request& request, const Visitor& visitor) {
  co_return live_socket(
      services, request, visitors(services, request, visitor),
      [visitor](accounts::Right right, CameraId camera) { return visitor.may(right, camera); });
}

}  // namespace heliograph::http
