// GET /device/v1/link: one camera's connection, from its key to its goodbye.
#include "server/base/crc32.hpp"
#include "server/cameras/cameras.hpp"
#include "server/http/api/device.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/link_messages.hpp"
#include "server/http/api/telling.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace heliograph::http {
namespace {

using live::LeaseStep;
using protocol::SocketClose;

constexpr std::chrono::seconds ping_interval{protocol::link_ping_s};
constexpr std::chrono::seconds patience{protocol::link_silence_s};
// Frames that a camera may send beyond what it was last allowed: of a stream that was replaced while they
// were on their way.
constexpr std::uint32_t most_credits = 4 * protocol::link_credits;
// A camera that says it cannot send is asked again after so long.
constexpr std::chrono::seconds rest_after_failure{5};

// The first ping comes early, at a time of each camera's own: cameras that came back together, after a
// restart of the server, must not be asked about in one second for ever after.
std::chrono::milliseconds first_ping(CameraId camera) {
  constexpr std::chrono::milliseconds half = ping_interval / 2;
  return half + std::chrono::milliseconds(camera.value % half.count());
}

const std::uint8_t* as_bytes(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

// What a link came with, as far as it is asked about again while it lasts.
struct Pass {
  CameraId camera;
  std::optional<Sha256Digest> key_hash;  // none: it was signed, which is good only once
  bool in_clear = false;
};

// What the link of one camera decides; the loop below carries it out.
class Link final : live::Line {
 public:
  // All outlive it.
  Link(Services& services, const Pass& pass, WebSocket& socket)
      : services_(services),
        pass_(pass),
        socket_(socket),
        seat_(services.links, pass.camera, *this),
        ping_at_(services.clock.steady() + first_ping(pass.camera)) {}

  CameraId camera() const { return pass_.camera; }
  const Pass& pass() const { return pass_; }
  bool taken_over() const { return seat_.taken_over(); }
  bool silent() const { return services_.clock.steady() - heard_at() >= patience; }
  // Neither end meant it to be over.
  bool lost() const { return !taken_over() && !socket_.parted(); }
  SteadyTime heard_at() const override { return socket_.heard_at(); }

  // The next message for the camera; empty: there is none now.
  std::string next_text() {
    if (!std::exchange(welcomed_, true)) return write_welcome(services_.clock.now());
    if (seat_.take_prompt() && !std::exchange(prompted_, true)) return write_prompt();
    const SteadyTime now = services_.clock.steady();
    const live::Demand demand = services_.frames.demand(pass_.camera);
    const LeaseStep step = decide_lease(lease_, demand, now);
    lease_ = after(lease_, demand, step, now);
    switch (step) {
      case LeaseStep::start:
        credits_ = std::min(credits_ + protocol::link_credits, most_credits);
        return write_start_live(lease_);
      case LeaseStep::renew:
        return write_renew(lease_);
      case LeaseStep::stop:
        services_.frames.sweep();
        return write_stop_live(lease_);
      case LeaseStep::none:
        break;
    }
    return {};
  }

  // Once for each interval.
  bool ping_is_due() {
    if (services_.clock.steady() < ping_at_) return false;
    ping_at_ = services_.clock.steady() + ping_interval;
    return true;
  }

  std::chrono::milliseconds time_to_next() const {
    const SteadyTime now = services_.clock.steady();
    const SteadyTime next = std::min(
        {ping_at_, heard_at() + patience, next_decision(lease_, services_.frames.demand(pass_.camera), now)});
    return std::max(std::chrono::ceil<std::chrono::milliseconds>(next - now), std::chrono::milliseconds{0});
  }

  // Bytes of a message that is taken now.
  std::size_t most_bytes() const {
    return credits_ == 0 ? protocol::max_link_text
                         : protocol::frame_header_size + std::size_t{protocol::max_frame_bytes};
  }

  // The answer to a frame; empty: none. bad_request: the camera breaks the protocol.
  Result<std::string> take_frame(std::string message) {
    if (credits_ == 0) return Error{ErrorKind::bad_request, "a frame came that no credit was given for"};
    live::Frame frame;
    if (const char* why = protocol::decode_frame_header(as_bytes(message), message.size(), frame.header)) {
      return Error{ErrorKind::bad_request, std::string("a frame was not understood: ") + why};
    }
    --credits_;
    ++services_.links.counters.frames;
    if (frame.header.stream != lease_.stream) return std::string();  // on its way when that ended
    frame.message = std::move(message);
    frame.came_at = services_.clock.steady();
    if (crc32_of(frame.jpeg()) == frame.header.crc && is_jpeg(frame)) {
      services_.frames.publish(pass_.camera, std::move(frame));
    } else {
      ++services_.links.counters.dropped_frames;
    }
    if (services_.clock.steady() >= lease_.ends) return std::string();
    ++credits_;
    return write_credit(lease_.stream);
  }

  // What has come of its stream.
  void stopped(std::uint32_t stream) {
    if (stream == lease_.stream) lease_ = failed(lease_, services_.clock.steady() + rest_after_failure);
  }

  // It asks what there is to do: who gives it orders from now on has to say so again.
  void asked() { prompted_ = false; }

 private:
  void wake() override { socket_.wake(); }

  Services& services_;
  const Pass& pass_;
  WebSocket& socket_;
  live::LinkHub::Seat seat_;
  SteadyTime ping_at_;
  bool welcomed_ = false;
  bool prompted_ = false;  // it was told of orders, and has not asked since
  live::Lease lease_;
  std::uint32_t credits_ = 0;  // frames that it may still send
};

// Is what it came with still good? Whom nobody can ask about is not sent away. Where it comes from is no
// question here: a link and its camera's uploads may go by different addresses.
Task<bool> still_allowed(Services& services, Pass pass) {
  std::function<Result<catalog::KeyHolder>(catalog::Catalog&)> question =
      [pass, &clock = services.clock,
       login = services.login](catalog::Catalog& catalog) -> Result<catalog::KeyHolder> {
    if (pass.key_hash) return cameras::authenticate(catalog, clock, *pass.key_hash, login && pass.in_clear);
    auto signer = catalog::CameraKeys(catalog).signer(pass.camera, clock.now());
    if (!signer) return signer.error();
    return std::move(signer->holder);
  };
  const auto holder = co_await services.catalogs.ask(std::move(question));
  if (!holder) co_return holder.error().kind == ErrorKind::unavailable;
  co_return holder->camera.id == pass.camera && !holder->rules.suspect_at;
}

// The answer to what a camera says of itself; empty while the catalog is away: then it says it again, in its
// own time.
Task<std::string> answer_heartbeat(Services& services, CameraId camera, LinkHeartbeat said) {
  const auto orders =
      co_await tell(services, camera, std::make_unique<cameras::Spoken>(std::move(said.spoken)));
  if (!orders) co_return std::string();
  co_return write_heard(said.number, *orders, services.clock.now());
}

// The answer to a text; empty: none. bad_request: the camera breaks the protocol.
Task<Result<std::string>> take_text(Services& services, Link& link, std::string text) {
  if (text.size() > protocol::max_link_text) co_return Error{ErrorKind::bad_request, "a message is too long"};
  auto says = read_camera_message(text, services.clock.now());
  if (!says) co_return says.error();
  if (const auto* stopped = std::get_if<StreamStopped>(&*says)) link.stopped(stopped->stream);
  auto* heartbeat = std::get_if<LinkHeartbeat>(&*says);
  if (heartbeat == nullptr) co_return std::string();
  link.asked();
  co_return co_await answer_heartbeat(services, link.camera(), std::move(*heartbeat));
}

// The camera's message is carried out: true, and the link goes on.
Task<bool> take(Services& services, Link& link, WebSocket& socket, WebSocket::Message message) {
  Result<std::string> answer = std::string();
  if (message.text) {
    answer = co_await take_text(services, link, std::move(message.bytes));
  } else {
    answer = link.take_frame(std::move(message.bytes));
  }
  if (!answer) {
    co_await socket.close(SocketClose::protocol_error, answer.error().detail);
    co_return false;
  }
  if (answer->empty()) co_return true;
  const auto sent = co_await socket.send_text(*answer);
  co_return sent.has_value();
}

// Says and asks all that is due now. False: the link is over.
Task<bool> tend(Services& services, Link& link, WebSocket& socket) {
  for (;;) {
    if (link.taken_over()) {
      co_await socket.close(SocketClose::replaced, "a newer link of this camera has taken over");
      co_return false;
    }
    if (link.silent()) co_return false;
    Result<void> sent;
    if (link.ping_is_due()) {
      if (!co_await still_allowed(services, link.pass())) {
        co_await socket.close(SocketClose::not_allowed, "the key is not good any more");
        co_return false;
      }
      sent = co_await socket.ping();
    } else {
      const std::string text = link.next_text();
      if (text.empty()) co_return true;
      sent = co_await socket.send_text(text);
    }
    if (!sent) co_return false;
  }
}

// People are told that the camera is missing. While the catalog is away they are not, until it should have
// spoken.
Task<void> note_loss(Services& services, CameraId camera, SteadyTime heard) {
  std::function<Result<void>(catalog::Catalog&)> question =
      [camera, heard_at = to_wall(services.clock, heard)](catalog::Catalog& catalog) {
        return cameras::lose_link(catalog, camera, heard_at);
      };
  co_await services.catalogs.change(std::move(question));
}

// Carries out what has come from the camera. False: the link is over.
Task<bool> hear(Services& services, Link& link, WebSocket& socket) {
  for (;;) {
    auto message = co_await socket.receive(link.most_bytes());
    if (!message) co_return false;
    if (!*message) co_return true;
    if (!co_await take(services, link, socket, std::move(**message))) co_return false;
  }
}

// Its frame is what a link costs while nothing happens, so it holds little.
Task<void> run_link(Services& services, const Pass& pass, WebSocket& socket) {
  Link link(services, pass, socket);
  while (co_await tend(services, link, socket) && co_await hear(services, link, socket)) {
    co_await socket.wait(link.time_to_next());
  }
  if (link.lost()) co_await note_loss(services, link.camera(), link.heard_at());
}

}  // namespace

Task<Response> open_link(Services& services, Request& request) {
  const auto sender = read_sender(request);
  if (!sender) co_return problem_response(sender.error());
  if (const auto signed_so = is_as_signed(*sender, ""); !signed_so)
    co_return problem_response(signed_so.error());
  const auto camera = co_await speaker(services, *sender);
  if (!camera) co_return problem_response(camera.error());
  const Pass pass{*camera, sender->key ? cameras::hash_of_key(*sender->key) : std::nullopt, sender->in_clear};
  Response response;
  response.body =
      SocketBody([&services, pass](WebSocket& socket) { return run_link(services, pass, socket); });
  co_return response;
}

}  // namespace heliograph::http
