// libjpeg-turbo's handle, which closes by itself.
#pragma once

#include <memory>
#include <turbojpeg.h>

namespace heliograph::media {

struct CloseCodec {
  void operator()(void* codec) const { tjDestroy(codec); }
};
using Codec = std::unique_ptr<void, CloseCodec>;

}  // namespace heliograph::media
