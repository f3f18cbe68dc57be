#include "firmware/linux/directory_slots.hpp"

#include "firmware/linux/durable_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include <openssl/evp.h>

namespace heliograph::firmware {
namespace {

constexpr const char* record_name = "BOOT.TXT";
constexpr const char* manifest_name = "MANIFEST.TXT";
constexpr const char* program_name = "program";
constexpr mode_t program_mode = 0700;

std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(4096, '\0');  // more than any of these files has
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

}  // namespace

DirectorySlots::DirectorySlots(std::filesystem::path directory, Slot running)
    : directory_(std::move(directory)), running_(running), other_(other_than(running)) {
  for (const Slot slot : {Slot::a, Slot::b}) {
    std::error_code error;
    std::filesystem::create_directories(slot_directory(slot), error);
    if (error) throw std::runtime_error(slot_directory(slot).string() + ": " + error.message());
  }
}

std::filesystem::path DirectorySlots::program(Slot slot) const {
  return slot == Slot::installed ? "/proc/self/exe" : slot_directory(slot) / program_name;
}

BootRecord DirectorySlots::record() const {
  return read_boot_record(read_text(directory_ / record_name)).value_or(BootRecord{});
}

bool DirectorySlots::save(const BootRecord& record) {
  const std::filesystem::path path = directory_ / record_name;
  return write_durably(path, write_boot_record(record)) || fail(path);
}

BootFacts DirectorySlots::facts() {
  const BootRecord now = record();
  return {now.trial == running_, now.outcome, TrialReason(now.reason), now.security};
}

ManifestText DirectorySlots::running_manifest() {
  return manifest_of(running_);
}

ManifestText DirectorySlots::other_manifest() {
  return manifest_of(other_);
}

ManifestText DirectorySlots::manifest_of(Slot slot) const {
  if (slot == Slot::installed) return {};
  return ManifestText(read_text(slot_directory(slot) / manifest_name));
}

std::uint64_t DirectorySlots::other_size() {
  std::error_code missing;
  const auto size = std::filesystem::file_size(slot_directory(other_) / program_name, missing);
  return missing ? 0 : size;
}

bool DirectorySlots::begin(std::string_view manifest) {
  const std::filesystem::path place = slot_directory(other_);
  image_ = FileDescriptor();
  for (const char* name : {manifest_name, program_name}) {
    if (::unlink((place / name).c_str()) != 0 && errno != ENOENT) return fail(place / name);
    // What is gone must stay gone before the next manifest is there: a power cut keeps no order by itself.
    if (!sync_directory(place)) return fail(place);
  }
  return write_durably(place / manifest_name, manifest) || fail(place / manifest_name);
}

bool DirectorySlots::append(Bytes bytes) {
  const std::filesystem::path path = slot_directory(other_) / program_name;
  if (!image_) {
    image_ = FileDescriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, program_mode));
  }
  const std::string_view text(static_cast<const char*>(bytes.data), bytes.size);
  return (image_ && write_all(image_.get(), text) && ::fdatasync(image_.get()) == 0) || fail(path);
}

std::optional<std::array<std::uint8_t, 32>> DirectorySlots::other_digest() {
  const std::filesystem::path path = slot_directory(other_) / program_name;
  image_ = FileDescriptor();  // or it is busy when it is started
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> hash(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  bool well = file && hash && EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr) == 1;
  std::vector<char> piece(64 * 1024);
  while (well) {
    const ssize_t got = ::read(file.get(), piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) break;
    well = got > 0 && EVP_DigestUpdate(hash.get(), piece.data(), static_cast<std::size_t>(got)) == 1;
  }
  std::array<std::uint8_t, 32> digest{};
  if (well && EVP_DigestFinal_ex(hash.get(), digest.data(), nullptr) == 1) return digest;
  fail(path);
  return std::nullopt;
}

bool DirectorySlots::try_other() {
  const std::filesystem::path place = slot_directory(other_);
  if (!sync_directory(place)) return fail(place);
  BootRecord next = record();
  next.trial = other_;
  next.starts = 0;
  next.outcome = TrialOutcome::none;
  next.reason.clear();
  return save(next);
}

bool DirectorySlots::confirm(std::uint32_t security) {
  BootRecord next = record();
  if (next.trial != running_) return next.active == running_;
  next.active = running_;
  next.trial.reset();
  next.starts = 0;
  next.outcome = TrialOutcome::confirmed;
  next.security = std::max(next.security, security);
  return save(next);
}

bool DirectorySlots::give_up(std::string_view reason) {
  return save(rolled_back(record(), reason));
}

bool DirectorySlots::acknowledge() {
  BootRecord next = record();
  if (next.outcome == TrialOutcome::none) return true;
  next.outcome = TrialOutcome::none;
  next.reason.clear();
  return save(next);
}

bool DirectorySlots::fail(const std::filesystem::path& path) {
  const int error = errno;
  error_ = path.filename().string() + ": " + std::generic_category().message(error);
  return false;
}

}  // namespace heliograph::firmware
