#include "server/media/motion.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace heliograph::media {
namespace {

// Fewer cells across are no scene: a few of them would be all of the picture.
constexpr int least_edge = 8;
// Levels of brightness, of 256, by which cells of a scene must differ from each other, as a standard
// deviation: below, there is little but noise to see, as at night.
constexpr double least_contrast = 5;
// How well the line must fit, as a correlation: two pictures of one scene have 0.9 and more.
constexpr double least_likeness = 0.75;
// Levels by which a cell must differ to have changed, however quiet the pictures are.
constexpr double least_change = 10;
// Cells that differ by more than so many usual differences have changed; of a normal distribution, one in
// fifteen thousand does.
constexpr double usual_changes = 4;
// The median of absolute differences is this much of their standard deviation.
constexpr double median_of_deviation = 0.6745;
// Of the eight cells around one that changed, so many must have changed too.
constexpr int least_neighbours = 2;
// How often the line is fitted anew to those cells that it fits: what came pulls at the first one only.
constexpr int fits = 4;
constexpr double brightest = 255;

// This picture's brightness, by that of the one before.
struct Line {
  double gain = 1;
  double offset = 0;
  double likeness = 0;  // correlation

  // What is burnt out gets no brighter.
  double operator()(double before) const { return std::clamp(gain * before + offset, 0.0, brightest); }
};

struct Pair {
  double before;
  double now;
};

double mean_of(const std::vector<Pair>& pairs, double Pair::* member) {
  double sum = 0;
  for (const Pair& pair : pairs) sum += pair.*member;
  return sum / static_cast<double>(pairs.size());
}

// By least squares.
Line fit(const std::vector<Pair>& pairs) {
  const double mean_before = mean_of(pairs, &Pair::before);
  const double mean_now = mean_of(pairs, &Pair::now);
  double before = 0, now = 0, both = 0;
  for (const Pair& pair : pairs) {
    before += (pair.before - mean_before) * (pair.before - mean_before);
    now += (pair.now - mean_now) * (pair.now - mean_now);
    both += (pair.before - mean_before) * (pair.now - mean_now);
  }
  if (before == 0 || now == 0) return {};
  const double gain = both / before;
  return {gain, mean_now - gain * mean_before, both / std::sqrt(before * now)};
}

double contrast_of(const Raster& scene) {
  double sum = 0, squares = 0;
  for (const std::uint8_t level : scene.samples) {
    sum += level;
    squares += double{static_cast<double>(level)} * level;
  }
  const auto count = static_cast<double>(scene.samples.size());
  return std::sqrt(std::max(0.0, squares / count - sum / count * (sum / count)));
}

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

double median_of(const std::vector<Pair>& pairs, double Pair::* member) {
  std::vector<double> values;
  values.reserve(pairs.size());
  for (const Pair& pair : pairs) values.push_back(pair.*member);
  return median_of(std::move(values));
}

// The usual difference of a cell.
double distance_of(const std::vector<Pair>& pairs, const Line& line) {
  std::vector<double> differences;
  differences.reserve(pairs.size());
  for (const Pair& pair : pairs) differences.push_back(std::abs(pair.now - line(pair.before)));
  return median_of(std::move(differences)) / median_of_deviation;
}

// The difference that a cell must pass to have changed.
double limit_of(const std::vector<Pair>& pairs, const Line& line) {
  return std::max(least_change, usual_changes * distance_of(pairs, line));
}

// Where to begin: what came may be so large that it bends the fitted line, but not the ratio of the medians,
// which is what another exposure makes of a scene.
Line first_line(const std::vector<Pair>& pairs) {
  const Line fitted = fit(pairs);
  const double median = median_of(pairs, &Pair::before);
  if (median == 0) return fitted;
  const Line exposed{.gain = median_of(pairs, &Pair::now) / median};
  return distance_of(pairs, exposed) < distance_of(pairs, fitted) ? exposed : fitted;
}

// The cells, or none when it fits no line.
std::optional<std::vector<bool>> changed_cells(const Raster& before, const Raster& now) {
  std::vector<Pair> pairs;
  pairs.reserve(now.samples.size());
  for (std::size_t i = 0; i < now.samples.size(); ++i)
    pairs.push_back({static_cast<double>(before.samples[i]), static_cast<double>(now.samples[i])});
  Line line = first_line(pairs);
  double limit = limit_of(pairs, line);
  const auto fits_line = [&](const Pair& pair) { return std::abs(pair.now - line(pair.before)) <= limit; };
  for (int i = 1; i < fits; ++i) {
    std::vector<Pair> unchanged;
    std::ranges::copy_if(pairs, std::back_inserter(unchanged), fits_line);
    line = fit(unchanged);
    limit = limit_of(unchanged, line);
  }
  if (line.likeness < least_likeness) return std::nullopt;
  std::vector<bool> changed;
  changed.reserve(pairs.size());
  for (const Pair& pair : pairs) changed.push_back(!fits_line(pair));
  return changed;
}

// Those that are not alone.
std::int64_t count_together(const std::vector<bool>& changed, Size size) {
  const auto at = [&](int x, int y) {
    const bool inside = x >= 0 && y >= 0 && x < size.width && y < size.height;
    return inside && changed[static_cast<std::size_t>(y * size.width + x)];
  };
  std::int64_t count = 0;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      if (!at(x, y)) continue;
      int around = -1;  // without itself
      for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) around += at(x + dx, y + dy) ? 1 : 0;
      }
      if (around >= least_neighbours) ++count;
    }
  }
  return count;
}

}  // namespace

Raster scene_of(const Raster& raster) {
  const Raster small = shrink(raster, fit_within(raster.size, scene_edge));
  if (small.channels == 1) return small;
  Raster scene(small.size, 1);
  for (std::size_t i = 0; i < scene.samples.size(); ++i) {
    // As JPEG weighs them (BT.601), in thousandths.
    const std::uint8_t* const pixel = &small.samples[3 * i];
    scene.samples[i] = static_cast<std::uint8_t>((299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2]) / 1000);
  }
  return scene;
}

std::optional<std::int64_t> motion_between(const Raster& before, const Raster& now) {
  if (before.size != now.size || std::min(now.size.width, now.size.height) < least_edge) return std::nullopt;
  if (std::min(contrast_of(before), contrast_of(now)) < least_contrast) return std::nullopt;
  const auto changed = changed_cells(before, now);
  if (!changed) return std::nullopt;
  return count_together(*changed, now.size) * 1'000'000 / static_cast<std::int64_t>(changed->size());
}

}  // namespace heliograph::media
