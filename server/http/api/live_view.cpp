#include "server/http/api/live_view.hpp"

#include "server/base/crc32.hpp"
#include "server/http/api/gate.hpp"
#include "server/media/metadata.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace heliograph::http {
namespace {

Task<Result<Sight>> admit_visitor(Services& services, std::shared_ptr<const Request> request) {
  auto visitor = co_await admit(services, *request, Access::view);
  if (!visitor) co_return visitor.error();
  co_return Sight([visitor = std::move(*visitor)](accounts::Right right, CameraId camera) {
    return visitor.may(right, camera);
  });
}

// The same without metadata; null: it is no whole JPEG.
std::shared_ptr<const live::Frame> bare(const live::Frame& frame) {
  const std::string_view jpeg = frame.jpeg();
  std::vector<std::uint8_t> kept;
  media::MetadataFilter filter;
  if (!filter.feed({reinterpret_cast<const std::uint8_t*>(jpeg.data()), jpeg.size()}, kept)) return nullptr;
  if (!filter.finish()) return nullptr;
  const std::string_view pixels(reinterpret_cast<const char*>(kept.data()), kept.size());
  auto result = std::make_shared<live::Frame>();
  result->header = frame.header;
  result->header.length = static_cast<std::uint32_t>(pixels.size());
  result->header.crc = crc32_of(pixels);
  result->came_at = frame.came_at;
  const protocol::FrameHeaderBytes head = protocol::encode_frame_header(result->header);
  result->message.reserve(head.size() + pixels.size());
  result->message.append(reinterpret_cast<const char*>(head.data()), head.size()).append(pixels);
  return result;
}

}  // namespace

std::chrono::milliseconds time_until(SteadyTime then, SteadyTime now) {
  return std::chrono::ceil<std::chrono::milliseconds>(std::max(then - now, SteadyTime::duration{}));
}

Audience visitors(Services& services, const Request& request, const accounts::Visitor& visitor) {
  return {[&services, kept = kept_request(request)] { return admit_visitor(services, kept); },
          {visitor.name, request.peer}};
}

std::shared_ptr<const Request> kept_request(const Request& request) {
  auto kept = std::make_shared<Request>();
  kept->method = request.method;
  kept->headers = request.headers;
  kept->captures = request.captures;
  kept->secure = request.secure;
  return kept;
}

bool on_air(const Services& services, CameraId camera) {
  return services.links.linked(camera) || services.frames.has_source(camera);
}

std::shared_ptr<const live::Frame> shown_to(const Audience& audience,
                                            std::shared_ptr<const live::Frame> frame) {
  return audience.metadata ? std::move(frame) : bare(*frame);
}

}  // namespace heliograph::http
