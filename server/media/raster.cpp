#include "server/media/raster.hpp"

#include <algorithm>

namespace heliograph::media {
namespace {

// Calls `take(i, weight)` for every source sample `i` that target sample `to` covers, of `from_count` and
// `to_count` along one axis. Whole numbers: a source sample is `to_count` units long, a target sample
// `from_count`, and the weights of one target sample add up to `from_count`.
template <class Take>
void for_each_covered(std::uint32_t to, std::uint32_t from_count, std::uint32_t to_count, Take take) {
  const std::uint32_t begin = to * from_count;
  const std::uint32_t end = begin + from_count;
  for (std::uint32_t i = begin / to_count; i * to_count < end; ++i) {
    take(i, std::min((i + 1) * to_count, end) - std::max(i * to_count, begin));
  }
}

// One row, shrunk to `to_width` pixels; every sum is `from_width` times the mean.
void shrink_row(const std::uint8_t* from, std::uint32_t from_width, std::vector<std::uint32_t>& sums,
                std::uint32_t to_width, std::uint32_t channels) {
  std::fill(sums.begin(), sums.end(), 0U);
  for (std::uint32_t x = 0; x < to_width; ++x) {
    std::uint32_t* const sum = &sums[x * channels];
    for_each_covered(x, from_width, to_width, [=](std::uint32_t i, std::uint32_t weight) {
      for (std::uint32_t c = 0; c < channels; ++c) sum[c] += weight * from[i * channels + c];
    });
  }
}

}  // namespace

Raster::Raster(Size raster_size, int channel_count)
    : size(raster_size),
      channels(channel_count),
      samples(static_cast<std::size_t>(raster_size.width) * static_cast<std::size_t>(raster_size.height) *
              static_cast<std::size_t>(channel_count)) {}

Size fit_within(Size size, int edge) {
  const int longer = std::max(size.width, size.height);
  if (longer <= edge) return size;
  const auto shortened = [=](int length) {
    return std::max(1, static_cast<int>((std::int64_t{length} * edge + longer / 2) / longer));
  };
  return {shortened(size.width), shortened(size.height)};
}

Raster shrink(const Raster& raster, Size size) {
  if (size == raster.size) return raster;
  Raster result(size, raster.channels);
  const auto channels = static_cast<std::uint32_t>(raster.channels);
  const auto from_width = static_cast<std::uint32_t>(raster.size.width);
  const auto from_height = static_cast<std::uint32_t>(raster.size.height);
  const auto to_width = static_cast<std::uint32_t>(size.width);
  const auto to_height = static_cast<std::uint32_t>(size.height);
  const std::size_t row_samples = std::size_t{to_width} * channels;
  const std::uint32_t weights = from_width * from_height;  // of one target pixel, added up

  std::vector<std::uint32_t> row(row_samples);
  std::vector<std::uint32_t> area(row_samples);  // 32 bits hold 255.5 × 16 million
  std::uint32_t row_number = from_height;        // which one `row` holds; two neighbours may share it
  auto out = result.samples.begin();
  for (std::uint32_t y = 0; y < to_height; ++y) {
    std::fill(area.begin(), area.end(), weights / 2);  // so that cutting off below rounds
    for_each_covered(y, from_height, to_height, [&](std::uint32_t i, std::uint32_t weight) {
      if (row_number != i) {
        shrink_row(&raster.samples[std::size_t{i} * from_width * channels], from_width, row, to_width,
                   channels);
        row_number = i;
      }
      for (std::size_t k = 0; k < row_samples; ++k) area[k] += weight * row[k];
    });
    // Divided as doubles, which vectorises; below 2^53 cutting off gives what whole numbers would.
    out = std::transform(area.begin(), area.end(), out,
                         [divisor = static_cast<double>(weights)](std::uint32_t sum) {
                           return static_cast<std::uint8_t>(sum / divisor);
                         });
  }
  return result;
}

}  // namespace heliograph::media
