// Writes fixture pictures to files, for the tests that are not C++.
#include "tests/support/jpeg_fixtures.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace {

namespace fixtures = heliograph::fixtures;

void write_file(const std::filesystem::path& path, const fixtures::Bytes& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App options(
      "Writes one JPEG to --out, or --count of them (0001.jpg, 0002.jpg, …; seeds count up) into --dir");
  fixtures::Picture picture;
  std::size_t pad = 0;
  int count = 1;
  bool progressive = false;
  std::filesystem::path out, directory;
  options.add_option("--width", picture.width, "Pixels")->capture_default_str();
  options.add_option("--height", picture.height, "Pixels")->capture_default_str();
  options.add_option("--quality", picture.quality, "1 to 100")->capture_default_str();
  options.add_option("--seed", picture.seed, "Another seed is another picture")->capture_default_str();
  options.add_option("--noise", picture.noise, "Another one is the same picture, taken again");
  options.add_option("--thing", picture.thing, "The share of the picture that something covers");
  options.add_flag("--progressive", progressive, "Several scans");
  options.add_option("--pad", pad, "Zero bytes behind the end marker");
  const auto target = options.add_option_group("target")->require_option(1);
  target->add_option("--out", out, "File to write");
  const auto dir = target->add_option("--dir", directory, "Directory to fill; it is made if missing");
  options.add_option("--count", count, "Pictures in --dir")->capture_default_str()->needs(dir);
  CLI11_PARSE(options, argc, argv);

  if (progressive) picture.coding = fixtures::Coding::progressive;
  try {
    if (!directory.empty()) std::filesystem::create_directories(directory);
    for (int number = 1; number <= count; ++number, ++picture.seed) {
      const auto path = directory.empty() ? out : directory / fmt::format("{:04}.jpg", number);
      write_file(path, fixtures::zero_padded(fixtures::make_jpeg(picture), pad));
    }
  } catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 1;
  }
  return 0;
}
