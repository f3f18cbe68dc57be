// What programs find in images: a label, how sure they are of it, and where it is.
//
// Each source, a program by the name it gives itself, has one list for an image, which it replaces as a
// whole: telling it again changes nothing, and a better model takes back what a worse one told. What is found
// stands in the catalog alone, as tags do.
#pragma once

#include "server/catalog/catalog.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::catalog {

// Bytes of a label and of a source's name: the longest of usual sets of labels have some 30.
inline constexpr std::size_t max_label_length = 64;
inline constexpr std::size_t max_source_length = 64;
// What one source finds in one image: what the usual models give at most.
inline constexpr std::size_t max_detections = 100;
// Sources of one image. Who names itself anew each time must not fill the catalog.
inline constexpr std::int64_t max_sources = 8;
// Labels that are told for choosing from, the most frequent first.
inline constexpr std::size_t max_told_labels = 500;

// As they are kept. bad_request: it is none (normal.hpp).
Result<std::string> normal_label(std::string_view text);
Result<std::string> normal_source(std::string_view text);

// In millionths of the picture's width and height; within the picture, and not empty.
struct Box {
  std::int64_t x_ppm = 0;  // its left edge
  std::int64_t y_ppm = 0;  // its upper edge
  std::int64_t width_ppm = 0;
  std::int64_t height_ppm = 0;

  friend bool operator==(const Box&, const Box&) = default;
};

struct Detection {
  std::string label;           // normalised
  std::int64_t score_ppm = 0;  // 0 … whole_ppm: how sure its source is
  std::optional<Box> box{};    // none: somewhere in the picture

  friend bool operator==(const Detection&, const Detection&) = default;
};

// All that a source found in an image, in its own order.
struct Findings {
  std::string source;  // normalised
  std::vector<Detection> detections;

  friend bool operator==(const Findings&, const Findings&) = default;
};

struct LabelCount {
  std::string label;
  std::int64_t images = 0;

  friend bool operator==(const LabelCount&, const LabelCount&) = default;
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there.
class Detections {
 public:
  explicit Detections(Catalog& catalog) : db_(*catalog.db_) {}

  // Instead of what its source has found there before. In one transaction. not_found, also when the image is
  // in the trash; unprocessable: it has max_sources others.
  Result<void> replace(ImageId image, const Findings& findings);
  // By source, in order of the alphabet; those that found nothing are none.
  Result<std::vector<Findings>> of(ImageId image);
  // The most frequent first, max_told_labels at most; of these cameras, if they are given. Reads the index of
  // every label of every image, and the labels of what is in the trash.
  Result<std::vector<LabelCount>> all_labels(const std::optional<std::vector<CameraId>>& among);

 private:
  Db& db_;
};

}  // namespace heliograph::catalog
