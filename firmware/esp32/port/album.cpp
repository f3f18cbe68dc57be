#include "firmware/esp32/port/album.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

namespace heliograph::firmware {

namespace {

constexpr std::string_view extension = ".JPG";
constexpr std::size_t digits = 8;

template <class Visit>
void each_number(const char* directory, Visit visit) {
  DIR* const listing = ::opendir(directory);
  if (listing == nullptr) return;
  while (const dirent* entry = ::readdir(listing)) {  // NOLINT(concurrency-mt-unsafe): of a DIR of its own
    if (const auto number = picture_number(entry->d_name)) visit(*number);
  }
  ::closedir(listing);
}

}  // namespace

std::optional<std::uint32_t> picture_number(std::string_view name) {
  if (name.size() != digits + extension.size() || name.substr(digits) != extension) return std::nullopt;
  std::uint32_t number = 0;
  for (const char c : name.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return number;
}

PictureFile Album::name_of(std::uint32_t number) {
  char text[digits];
  for (std::size_t i = digits; i-- > 0; number /= 10) text[i] = static_cast<char>('0' + number % 10);
  return PictureFile(std::string_view(text, digits)).append(extension).append('\0');
}

Text<96> Album::directory() const {
  return Text<96>(std::string_view(base_)).append("/PHOTOS").append('\0');
}

Text<96> Album::path_of(std::string_view name) const {
  if (!picture_number(name)) return {};
  return Text<96>(std::string_view(base_)).append("/PHOTOS/").append(name).append('\0');
}

bool Album::open() {
  const Text<96> path = directory();
  if (::mkdir(path.view().data(), 0700) != 0 && errno != EEXIST) return false;
  each_number(path.view().data(), [this](std::uint32_t number) { next_ = std::max(next_, number + 1); });
  return true;
}

std::optional<PictureFile> Album::add(Bytes picture) {
  PictureFile name = name_of(next_);
  const Text<96> path = path_of(name.view().substr(0, digits + extension.size()));
  std::FILE* const file = std::fopen(path.view().data(), "wbx");
  if (file == nullptr) return std::nullopt;
  const bool written = std::fwrite(picture.data, 1, picture.size, file) == picture.size &&
                       std::fflush(file) == 0 && ::fsync(::fileno(file)) == 0;
  if (std::fclose(file) != 0 || !written) {
    ::unlink(path.view().data());
    return std::nullopt;
  }
  ++next_;
  return name;
}

bool Album::remove(std::string_view name) {
  const Text<96> path = path_of(name);
  return !path.empty() && ::unlink(path.view().data()) == 0;
}

std::size_t Album::newest(std::uint32_t* numbers, std::size_t capacity) const {
  std::size_t count = 0;
  each_number(directory().view().data(), [&](std::uint32_t number) {
    // In order while they are found: the list is short, and a card has no index.
    std::uint32_t* const end = numbers + count;
    std::uint32_t* const place = std::find_if(numbers, end, [&](std::uint32_t n) { return n < number; });
    if (place == end && count == capacity) return;
    if (count < capacity) ++count;
    std::copy_backward(place, numbers + count - 1, numbers + count);
    *place = number;
  });
  return count;
}

}  // namespace heliograph::firmware
