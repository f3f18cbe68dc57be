#include "server/http/zip.hpp"

#include <algorithm>
#include <chrono>

namespace heliograph::http {
namespace {

constexpr std::uint64_t most_32 = 0xffff'ffff;
constexpr std::uint64_t most_16 = 0xffff;

constexpr std::size_t header_size = 30;
constexpr std::size_t record_size = 46;
constexpr std::size_t far_offset_size = 12;  // the extra field of an offset beyond 32 bits
constexpr std::size_t end_size = 22;
constexpr std::size_t large_end_size = 56;
constexpr std::size_t large_locator_size = 20;

constexpr std::uint16_t version_plain = 10;
constexpr std::uint16_t version_large = 45;
constexpr std::uint16_t names_are_utf8 = 1 << 11;
constexpr std::uint16_t stored = 0;
constexpr std::uint16_t made_on_unix = 3 << 8;
constexpr std::uint32_t plain_file_rw_r_r = 0100644U << 16;

// Little endian, whatever the machine.
template <class Integer>
void put(std::string& text, Integer value) {
  for (std::size_t byte = 0; byte < sizeof(Integer); ++byte) {
    text += static_cast<char>((static_cast<std::uint64_t>(value) >> (8 * byte)) & 0xff);
  }
}

// MS-DOS: two seconds are its smallest step, 1980 to 2107 its years.
struct DosTime {
  std::uint16_t time = 0;
  std::uint16_t date = 0;
};

DosTime dos_time(Timestamp at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - day));
  const int year = std::clamp(static_cast<int>(date.year()), 1980, 2107);
  return {static_cast<std::uint16_t>(time.hours().count() << 11 | time.minutes().count() << 5 |
                                     time.seconds().count() / 2),
          static_cast<std::uint16_t>((year - 1980) << 9 | static_cast<int>(unsigned{date.month()}) << 5 |
                                     static_cast<int>(unsigned{date.day()}))};
}

// What header and record have in common, from the version on.
void put_facts(std::string& text, const ZipFile& file, bool large, std::uint16_t extra_length) {
  const DosTime modified = dos_time(file.modified);
  put(text, large ? version_large : version_plain);
  put(text, names_are_utf8);
  put(text, stored);
  put(text, modified.time);
  put(text, modified.date);
  put(text, file.crc);
  put(text, file.size);  // compressed
  put(text, file.size);
  put(text, static_cast<std::uint16_t>(file.name.size()));
  put(text, extra_length);
}

std::uint16_t in_16(std::uint64_t value) {
  return static_cast<std::uint16_t>(std::min(value, most_16));
}
std::uint32_t in_32(std::uint64_t value) {
  return static_cast<std::uint32_t>(std::min(value, most_32));
}

std::size_t far_size(std::uint64_t offset) {
  return offset >= most_32 ? far_offset_size : 0;
}

}  // namespace

void ZipPlan::add(std::size_t name_length, std::uint32_t size) {
  ++files_;
  directory_ += record_size + name_length + far_size(content_);
  content_ += header_size + name_length + size;
}

bool ZipPlan::is_large() const {
  return files_ >= most_16 || content_ + directory_ >= most_32;
}

std::uint64_t ZipPlan::size() const {
  return content_ + directory_ + (is_large() ? large_end_size + large_locator_size : 0) + end_size +
         zip_comment_length;
}

std::string zip_header(const ZipFile& file) {
  std::string text = "PK\x03\x04";
  put_facts(text, file, false, 0);
  return text + file.name;
}

std::string zip_record(const ZipFile& file, std::uint64_t offset) {
  const bool far = far_size(offset) > 0;
  std::string text = "PK\x01\x02";
  put(text, static_cast<std::uint16_t>(made_on_unix | (far ? version_large : version_plain)));
  put_facts(text, file, far, static_cast<std::uint16_t>(far_size(offset)));
  put(text, std::uint16_t{0});  // length of a comment
  put(text, std::uint16_t{0});  // on the first disk
  put(text, std::uint16_t{0});  // bytes, no text
  put(text, plain_file_rw_r_r);
  put(text, in_32(offset));
  text += file.name;
  if (far) {
    put(text, std::uint16_t{1});  // ZIP64
    put(text, std::uint16_t{8});
    put(text, offset);
  }
  return text;
}

std::string zip_end(const ZipPlan& plan, std::uint64_t files, std::uint64_t directory,
                    std::string_view comment) {
  const std::uint64_t end_at = plan.content() + plan.directory();
  const std::uint64_t directory_at = end_at - directory;
  std::string text;
  if (plan.is_large()) {
    text += "PK\x06\x06";
    put(text, std::uint64_t{large_end_size - 12});  // of what follows
    put(text, static_cast<std::uint16_t>(made_on_unix | version_large));
    put(text, version_large);
    put(text, std::uint32_t{0});  // this disk, and that of the directory
    put(text, std::uint32_t{0});
    put(text, files);
    put(text, files);
    put(text, directory);
    put(text, directory_at);
    text += "PK\x06\x07";
    put(text, std::uint32_t{0});
    put(text, end_at);
    put(text, std::uint32_t{1});  // disks
  }
  text += "PK\x05\x06";
  put(text, std::uint16_t{0});
  put(text, std::uint16_t{0});
  put(text, in_16(files));
  put(text, in_16(files));
  put(text, in_32(directory));
  put(text, in_32(directory_at));
  put(text, static_cast<std::uint16_t>(zip_comment_length));
  std::string filled(comment.substr(0, zip_comment_length));
  filled.resize(zip_comment_length, ' ');
  return text + filled;
}

}  // namespace heliograph::http
