#include "firmware/linux/v4l2_source.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <system_error>

namespace heliograph::firmware {

namespace {

// Buffers asked for: one being filled, one being read, two in hand for a late reader.
constexpr unsigned buffer_count = 4;
// Frames thrown away after the start: exposure and white balance of common webcams settle within five.
constexpr int settling_frames = 5;

std::string errno_text() {
  return std::generic_category().message(errno);
}

v4l2_buffer mapped_buffer(unsigned index = 0) {
  v4l2_buffer buffer{};
  buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  buffer.memory = V4L2_MEMORY_MMAP;
  buffer.index = index;
  return buffer;
}

}  // namespace

V4l2Source::V4l2Source(const Clock& clock, std::string device, int width, int height)
    : clock_(clock),
      device_(std::move(device)),
      fd_(::open(device_.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC)) {
  if (!fd_) throw std::runtime_error(device_ + ": " + errno_text());
  v4l2_capability capability{};
  if (control(VIDIOC_QUERYCAP, &capability) != 0) throw std::runtime_error(device_ + " is not a camera");
  const auto needed = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
  const auto offered =
      capability.capabilities & V4L2_CAP_DEVICE_CAPS ? capability.device_caps : capability.capabilities;
  if ((offered & needed) != needed)
    throw std::runtime_error(device_ + " takes no pictures; try the next /dev/video");
  negotiate(width, height);
  map_buffers();
}

V4l2Source::~V4l2Source() {
  unmap_buffers();
}

int V4l2Source::control(unsigned long request, void* argument) const {
  int result = 0;
  do {
    result = ::ioctl(fd_.get(), request, argument);
  } while (result < 0 && errno == EINTR);
  return result;
}

void V4l2Source::negotiate(int width, int height) {
  v4l2_format format{};
  format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  format.fmt.pix.width = static_cast<__u32>(width);
  format.fmt.pix.height = static_cast<__u32>(height);
  format.fmt.pix.pixelformat = V4L2_PIX_FMT_MJPEG;
  format.fmt.pix.field = V4L2_FIELD_ANY;
  if (control(VIDIOC_S_FMT, &format) != 0) throw std::runtime_error(device_ + ": " + errno_text());
  if (format.fmt.pix.pixelformat != V4L2_PIX_FMT_MJPEG && format.fmt.pix.pixelformat != V4L2_PIX_FMT_JPEG) {
    throw std::runtime_error(device_ + " does not give JPEG; only cameras that do can be used");
  }
}

void V4l2Source::map_buffers() {
  v4l2_requestbuffers request{};
  request.count = buffer_count;
  request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  request.memory = V4L2_MEMORY_MMAP;
  if (control(VIDIOC_REQBUFS, &request) != 0) throw std::runtime_error(device_ + ": " + errno_text());
  for (unsigned i = 0; i < request.count; ++i) {
    v4l2_buffer buffer = mapped_buffer(i);
    void* data = MAP_FAILED;
    if (control(VIDIOC_QUERYBUF, &buffer) == 0) {
      data = ::mmap(nullptr, buffer.length, PROT_READ | PROT_WRITE, MAP_SHARED, fd_.get(), buffer.m.offset);
    }
    if (data == MAP_FAILED) {
      const std::string reason = errno_text();
      unmap_buffers();
      throw std::runtime_error(device_ + ": " + reason);
    }
    mappings_.push_back({data, buffer.length});
  }
}

void V4l2Source::unmap_buffers() {
  for (const Mapping& mapping : mappings_) ::munmap(mapping.data, mapping.size);
  mappings_.clear();
}

CaptureStatus V4l2Source::capture(std::uint8_t* out, std::size_t capacity, std::int64_t deadline_ms,
                                  Frame& frame) {
  if (!start()) return CaptureStatus::failed;
  bool taken = false;
  for (int seen = 0; !taken; ++seen) {
    v4l2_buffer buffer = mapped_buffer();
    if (!dequeue(deadline_ms, buffer)) break;
    const bool usable =
        seen >= settling_frames && !(buffer.flags & V4L2_BUF_FLAG_ERROR) && buffer.bytesused <= capacity;
    if (usable) {
      std::memcpy(out, mappings_[buffer.index].data, buffer.bytesused);
      frame.size = buffer.bytesused;
      taken = true;
    } else if (control(VIDIOC_QBUF, &buffer) != 0) {
      fail("give a buffer back");
      break;
    }
  }
  stop();
  return taken ? CaptureStatus::ok : CaptureStatus::failed;
}

bool V4l2Source::start() {
  for (unsigned i = 0; i < mappings_.size(); ++i) {
    v4l2_buffer buffer = mapped_buffer(i);
    if (control(VIDIOC_QBUF, &buffer) != 0) return fail("lend it a buffer");
  }
  int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  if (control(VIDIOC_STREAMON, &type) != 0) return fail("start");
  return true;
}

// Also takes every lent buffer back.
void V4l2Source::stop() {
  int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  control(VIDIOC_STREAMOFF, &type);
}

bool V4l2Source::dequeue(std::int64_t deadline_ms, v4l2_buffer& buffer) {
  for (;;) {
    if (control(VIDIOC_DQBUF, &buffer) == 0) return true;
    if (errno != EAGAIN) return fail("read a frame");
    const std::int64_t left_ms = deadline_ms - clock_.mono_ms();
    if (left_ms <= 0) {
      error_ = device_ + " gave no usable picture in time";
      return false;
    }
    pollfd polled{fd_.get(), POLLIN, 0};
    ::poll(&polled, 1, static_cast<int>(std::min<std::int64_t>(left_ms, 1'000)));
  }
}

bool V4l2Source::fail(const std::string& what) {
  error_ = device_ + ": cannot " + what + ": " + errno_text();
  stop();
  return false;
}

}  // namespace heliograph::firmware
