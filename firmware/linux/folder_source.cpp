#include "firmware/linux/folder_source.hpp"

#include "firmware/linux/file_descriptor.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <fcntl.h>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>

#include <openssl/sha.h>

namespace heliograph::firmware {

namespace {

bool is_jpeg_name(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension == ".jpg" || extension == ".jpeg";
}

// "f-" and half a SHA-256: within the 36 characters of a boot id, and 128 bits never meet by chance.
std::string content_name(const std::uint8_t* data, std::size_t size) {
  constexpr char digits[] = "0123456789abcdef";
  unsigned char hash[SHA256_DIGEST_LENGTH];
  SHA256(data, size, hash);
  std::string name = "f-";
  for (std::size_t i = 0; i < sizeof hash / 2; ++i) {
    name += digits[hash[i] >> 4];
    name += digits[hash[i] & 15];
  }
  return name;
}

}  // namespace

FolderSource::FolderSource(const std::filesystem::path& folder, FolderMode mode) : mode_(mode) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.is_regular_file(error) && is_jpeg_name(entry.path())) files_.push_back(entry.path());
  }
  if (error) throw std::runtime_error(folder.string() + ": " + error.message());
  if (files_.empty()) throw std::runtime_error(folder.string() + ": holds no .jpg or .jpeg file");
  std::sort(files_.begin(), files_.end());
}

CaptureStatus FolderSource::capture(std::uint8_t* out, std::size_t capacity, std::int64_t, Frame& frame) {
  if (next_ == files_.size()) {
    if (mode_ == FolderMode::import) return CaptureStatus::exhausted;
    next_ = 0;
  }
  const std::filesystem::path& path = files_[next_++];
  label_ = path.filename().string();

  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat facts{};
  if (!file || ::fstat(file.get(), &facts) != 0) {
    error_ = label_ + ": " + std::generic_category().message(errno);
    return CaptureStatus::failed;
  }
  const auto size = static_cast<std::size_t>(facts.st_size);
  if (size > capacity) {
    error_ = label_ + ": has " + std::to_string(size) + " bytes; more than " + std::to_string(capacity) +
             " cannot be sent";
    return CaptureStatus::failed;
  }
  for (ssize_t got = 1; frame.size < size && got > 0; frame.size += static_cast<std::size_t>(got)) {
    got = ::read(file.get(), out + frame.size, size - frame.size);
    if (got < 0) {
      error_ = label_ + ": " + std::generic_category().message(errno);
      return CaptureStatus::failed;
    }
  }
  frame.label = label_;
  if (mode_ == FolderMode::import) {
    boot_ = content_name(out, frame.size);
    frame.name = PictureName{boot_, 0};
    frame.captured_at_ms = std::int64_t{facts.st_mtim.tv_sec} * 1000 + facts.st_mtim.tv_nsec / 1'000'000;
  }
  return CaptureStatus::ok;
}

}  // namespace heliograph::firmware
