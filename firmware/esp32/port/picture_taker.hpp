// Whoever can take a picture for the page of a board that stands alone.
#pragma once

#include "firmware/core/platform/storage.hpp"

#include <string_view>

namespace heliograph::firmware {

class PictureTaker {
 public:
  // A whole JPEG, valid until the next call; none of size 0: error_text() says why. Waits for seconds.
  virtual Bytes take_picture() = 0;
  virtual std::string_view error_text() const = 0;

 protected:
  ~PictureTaker() = default;
};

}  // namespace heliograph::firmware
