// Finds the picture in a body: the whole body, or one part of a form. Pure.
//
// The bytes decide, not the names: cameras call the part image, imageFile, pic, photo, file or anything else,
// and give it any type. The first part that begins like a JPEG is the picture, and parts behind it are not
// looked at. Before one is found, a part that only claims to be a picture (it has a file name, or an image's
// type) is handed out as well: if no better one follows, its owner is told what was wrong with it.
#pragma once

#include "server/http/multipart.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heliograph::http {

// A form's short texts (a camera's name, a passcode). Longer ones are nothing we read.
inline constexpr std::size_t max_form_field_bytes = 512;

class PictureFinder {
 public:
  // The body is the picture.
  PictureFinder() = default;
  // The body is a form; `boundary` as form_boundary gives it.
  explicit PictureFinder(std::string_view boundary) : reader_(std::make_unique<MultipartReader>(boundary)) {}
  // Steps point into it.
  PictureFinder(const PictureFinder&) = delete;
  PictureFinder& operator=(const PictureFinder&) = delete;

  enum class Event {
    starved,  // the input is used up
    picture,  // one begins; what was handed out before was none
    bytes,    // of it
    end       // of the form: do not wait for more
  };
  struct Step {
    Event event = Event::starved;
    std::span<const std::uint8_t> bytes;  // good until the input or the finder changes
  };

  // Takes bytes from the front of `input` until there is something to say. bad_request: a broken form.
  // unsupported: it holds a film or a table, said before it is read.
  Result<Step> next(std::span<const std::uint8_t>& input);

  // What is handed out may yet turn out not to be the picture.
  bool may_find_better() const { return reader_ != nullptr && !found_jpeg_; }

  // The text that was found in the part of this name so far.
  std::optional<std::string_view> field(std::string_view name) const;

 private:
  enum class Use { undecided, picture, field, nothing };

  Step next_of_body(std::span<const std::uint8_t>& input);
  Result<void> begin_part();
  bool take_start(std::span<const std::uint8_t> bytes);
  void decide();
  void keep_field(std::span<const std::uint8_t> bytes);

  std::unique_ptr<MultipartReader> reader_;  // of a form; most uploads are none
  bool begun_ = false;                       // a picture was handed out
  bool found_jpeg_ = false;                  // and it began like one
  Use use_ = Use::nothing;                   // of the part at hand
  std::array<std::uint8_t, 2> start_{};
  std::size_t start_size_ = 0;
  // The start, and what came with it: said behind Event::picture. They lie here and in the reader.
  std::array<std::span<const std::uint8_t>, 2> unsaid_;
  std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace heliograph::http
