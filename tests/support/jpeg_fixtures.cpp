#include "tests/support/jpeg_fixtures.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <turbojpeg.h>

namespace heliograph::fixtures {
namespace {

struct CloseCodec {
  void operator()(void* codec) const { tjDestroy(codec); }
};
using Codec = std::unique_ptr<void, CloseCodec>;

struct FreeJpeg {
  void operator()(std::uint8_t* jpeg) const { tjFree(jpeg); }
};

void check(int status, const Codec& codec, const char* what) {
  if (status != 0) throw std::runtime_error(std::string(what) + ": " + tjGetErrorStr2(codec.get()));
}

// `pixels` has the samples of `format` for every pixel, row by row.
Bytes compress(const Bytes& pixels, const Picture& picture, TJPF format, TJSAMP sampling) {
  const Codec codec(tjInitCompress());
  std::uint8_t* out = nullptr;
  unsigned long size = 0;
  const int flags = picture.coding == Coding::progressive ? TJFLAG_PROGRESSIVE : 0;
  const int status = tjCompress2(codec.get(), pixels.data(), picture.width, 0, picture.height, format, &out,
                                 &size, sampling, picture.quality, flags);
  const std::unique_ptr<std::uint8_t, FreeJpeg> jpeg(out);
  check(status, codec, "compress");
  return {out, out + size};
}

std::size_t sample_count(const Picture& picture, TJPF format) {
  return static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) *
         static_cast<std::size_t>(tjPixelSize[format]);
}

std::uint8_t random_byte(std::mt19937& random) {
  return static_cast<std::uint8_t>(random() >> 24U);
}

struct Box {
  int left = 0, top = 0, right = 0, bottom = 0;
  Colour colour;
  bool holds(int x, int y) const { return x >= left && x < right && y >= top && y < bottom; }
};

// A square, left of the middle.
Box thing_in(const Picture& picture) {
  const auto edge = static_cast<int>(std::lround(std::sqrt(picture.thing * picture.width * picture.height)));
  const int left = picture.width / 3 - edge / 2;
  const int top = picture.height / 2 - edge / 2;
  return {left, top, left + edge, top + edge, {}};
}

Colour unlike(Colour colour) {
  const int brightness = (colour.red + colour.green + colour.blue) / 3;
  return brightness < 128 ? Colour{240, 240, 240} : Colour{15, 15, 15};
}

Colour lit(Colour colour, double light) {
  const auto times = [light](std::uint8_t level) {
    return static_cast<std::uint8_t>(std::clamp(level * light, 0.0, 255.0));
  };
  return {times(colour.red), times(colour.green), times(colour.blue)};
}

Box random_box(std::mt19937& random, int width, int height) {
  const auto below = [&random](int limit) {
    return static_cast<int>(random() % static_cast<std::uint32_t>(std::max(limit, 1)));
  };
  const int left = below(width);
  const int top = below(height);
  const Colour colour{random_byte(random), random_byte(random), random_byte(random)};
  return {left, top, left + 1 + below(width / 4), top + 1 + below(height / 4), colour};
}

}  // namespace

Bytes make_jpeg(const Picture& picture) {
  std::mt19937 random(picture.seed);
  std::vector<Box> boxes(8);
  for (Box& box : boxes) box = random_box(random, picture.width, picture.height);
  if (picture.noise != 0) random.seed(picture.noise);
  const Box thing = thing_in(picture);
  const TJPF format = picture.channels == Channels::colour ? TJPF_RGB
                      : picture.channels == Channels::grey ? TJPF_GRAY
                                                           : TJPF_CMYK;
  const TJSAMP sampling = picture.channels == Channels::grey ? TJSAMP_GRAY : TJSAMP_420;
  Bytes pixels;
  pixels.reserve(sample_count(picture, format));
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const auto light = static_cast<std::uint8_t>(255 - 160 * y / picture.height);
      Colour colour = 2 * y < picture.height ? Colour{60, 120, light} : Colour{90, light, 40};
      for (const Box& box : boxes) {
        if (box.holds(x, y)) colour = box.colour;
      }
      if (thing.holds(x, y)) colour = unlike(colour);
      colour = lit(colour, picture.light);
      colour.green =
          static_cast<std::uint8_t>(colour.green ^ (random_byte(random) >> 5U));  // a sensor's noise
      const std::uint8_t samples[] = {colour.red, colour.green, colour.blue, light};
      if (format == TJPF_GRAY) {
        pixels.push_back(colour.green);
      } else {
        pixels.insert(pixels.end(), samples, samples + tjPixelSize[format]);
      }
    }
  }
  return compress(pixels, picture, format, sampling);
}

Bytes make_plain_jpeg(int width, int height, Colour colour) {
  const Picture picture{.width = width, .height = height, .quality = 95};
  Bytes pixels;
  const std::size_t size = sample_count(picture, TJPF_RGB);
  for (pixels.reserve(size); pixels.size() < size;) {
    pixels.insert(pixels.end(), {colour.red, colour.green, colour.blue});
  }
  return compress(pixels, picture, TJPF_RGB, TJSAMP_420);
}

Bytes zero_padded(Bytes jpeg, std::size_t zeros) {
  jpeg.resize(jpeg.size() + zeros);
  return jpeg;
}

Bytes make_noise(std::size_t size, std::uint32_t seed) {
  std::mt19937 random(seed);
  Bytes noise(size);
  std::generate(noise.begin(), noise.end(), [&random] { return random_byte(random); });
  if (!noise.empty()) noise[0] &= 0x7F;
  return noise;
}

Pixels decode_jpeg(std::span<const std::uint8_t> jpeg) {
  const Codec codec(tjInitDecompress());
  Pixels seen;
  int sampling = 0;
  int colours = 0;
  check(tjDecompressHeader3(codec.get(), jpeg.data(), jpeg.size(), &seen.width, &seen.height, &sampling,
                            &colours),
        codec, "read header");
  const std::size_t count = static_cast<std::size_t>(seen.width) * static_cast<std::size_t>(seen.height);
  Bytes pixels(count * 3);
  check(tjDecompress2(codec.get(), jpeg.data(), jpeg.size(), pixels.data(), seen.width, 0, seen.height,
                      TJPF_RGB, 0),
        codec, "decompress");
  std::uint64_t sums[3] = {};
  for (std::size_t i = 0; i < pixels.size(); ++i) sums[i % 3] += pixels[i];
  const auto mean = [count](std::uint64_t sum) {
    return static_cast<std::uint8_t>((sum + count / 2) / count);
  };
  seen.mean = {mean(sums[0]), mean(sums[1]), mean(sums[2])};
  return seen;
}

}  // namespace heliograph::fixtures
