// A ZIP archive of files that are stored as they are (APPNOTE 6.3.10), written while it is sent. Pure.
//
// By hand, because its length must be known before its first byte, and because a file that has vanished
// meanwhile must not break the rest: its place is then filled with zeros that no record points to. No library
// that we found promises either (docs/decisions/0016).
#pragma once

#include "server/base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace heliograph::http {

struct ZipFile {
  std::string name;        // UTF-8, with '/'
  std::uint32_t size = 0;  // bytes
  std::uint32_t crc = 0;   // CRC-32 of them
  Timestamp modified;      // UTC; ZIP knows no time zone
};

// What an archive will be, counted up file by file before any is read.
class ZipPlan {
 public:
  void add(std::size_t name_length, std::uint32_t size);

  std::uint64_t files() const { return files_; }
  std::uint64_t content() const { return content_; }      // bytes up to the directory
  std::uint64_t directory() const { return directory_; }  // bytes of the directory
  // Some number does not fit into the fields of 1989.
  bool is_large() const;
  std::uint64_t size() const;

 private:
  std::uint64_t files_ = 0;
  std::uint64_t content_ = 0;
  std::uint64_t directory_ = 0;
};

// What stands before a file's bytes.
std::string zip_header(const ZipFile& file);
// A file's record in the directory. `offset`: of its header.
std::string zip_record(const ZipFile& file, std::uint64_t offset);
// What stands behind the directory. `files`, `directory`: what came of the plan.
std::string zip_end(const ZipPlan& plan, std::uint64_t files, std::uint64_t directory,
                    std::string_view comment);

// Bytes of the comment, filled up with spaces: its length is planned too.
inline constexpr std::size_t zip_comment_length = 80;

}  // namespace heliograph::http
