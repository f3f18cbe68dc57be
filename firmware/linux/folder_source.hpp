// Pictures from a folder: an import, or a camera played from recordings.
#pragma once

#include "firmware/core/platform/clock.hpp"
#include "firmware/core/platform/frame_source.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace heliograph::firmware {

enum class FolderMode {
  // Every file once. A picture is named by its content (boot "f-" and the first half of its SHA-256, sequence
  // 0) and
  // dated by its file: sent again, by whichever run and under whichever file name, it is the same picture.
  import,
  // Over and over, as if taken now: every showing is a new picture.
  loop
};

class FolderSource final : public FrameSource {
 public:
  // The .jpg and .jpeg files of `folder` by name, not of folders below it. Throws std::runtime_error with a
  // sentence for a person when there are none.
  FolderSource(const std::filesystem::path& folder, FolderMode mode);

  CaptureStatus capture(std::uint8_t* out, std::size_t capacity, std::int64_t deadline_ms,
                        Frame& frame) override;
  bool can_retake() const override { return false; }
  std::string_view error_text() const override { return error_; }

  std::size_t size() const { return files_.size(); }

 private:
  const FolderMode mode_;
  std::vector<std::filesystem::path> files_;
  std::size_t next_ = 0;
  std::string label_;
  std::string boot_;
  std::string error_;
};

}  // namespace heliograph::firmware
