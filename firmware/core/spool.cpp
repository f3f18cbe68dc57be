#include "firmware/core/spool.hpp"

#include "firmware/core/text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace heliograph::firmware {

namespace {

using FileName = Text<12>;

constexpr std::string_view record_extension = ".REC";
constexpr std::size_t number_digits = 8;

// 0000002A.REC
FileName file_name(std::uint32_t number, std::string_view extension) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  FileName name;
  for (std::size_t i = number_digits; i > 0; --i) name.append(digits[number >> (4 * (i - 1)) & 15]);
  name.append(extension);
  return name;
}

// The number in a name of ours, whatever its extension.
std::optional<std::uint32_t> number_of(std::string_view name) {
  std::uint32_t number = 0;
  if (name.size() <= number_digits || name[number_digits] != '.') return std::nullopt;
  const char* end = name.data() + number_digits;
  if (std::from_chars(name.data(), end, number, 16).ptr != end) return std::nullopt;
  return number;
}

bool is_record(std::string_view name) {
  return name.size() == number_digits + record_extension.size() &&
         name.substr(number_digits) == record_extension;
}

// The file that came first into an area, and how many there are.
class OldestFile : public FileVisitor {
 public:
  void visit(std::string_view name, std::uint64_t) override {
    const auto number = number_of(name);
    if (!number) return;
    ++count;
    if (!this->name.empty() && *number >= number_) return;
    number_ = *number;
    this->name.clear();
    this->name.append(name);
  }

  FileName name;
  std::size_t count = 0;

 private:
  std::uint32_t number_ = 0;
};

}  // namespace

// Walks the areas once: finds the numbers in use, counts what waits, sets aside what is no record.
class Spool::Recovery : public FileVisitor {
 public:
  Recovery(Spool& spool, std::uint8_t* scratch) : spool_(spool), scratch_(scratch) {}

  StorageStatus walk(Area area) {
    area_ = area;
    return spool_.storage_.list(area, *this);
  }

  void visit(std::string_view name, std::uint64_t size) override {
    const auto number = number_of(name);
    if (!number) return;
    spool_.next_ = std::max(spool_.next_, *number + 1);
    if (area_ != Area::waiting || !is_record(name)) return;
    if (!whole(name, size)) {
      spool_.storage_.move(Area::waiting, name, Area::damaged);
      ++damaged;
      return;
    }
    spool_.oldest_ = spool_.count_ == 0 ? *number : std::min(spool_.oldest_, *number);
    spool_.bytes_ += size;
    ++spool_.count_;
  }

  std::size_t damaged = 0;

 private:
  bool whole(std::string_view name, std::uint64_t size) {
    const FileRead read = spool_.storage_.read(Area::waiting, name, scratch_, max_record_header_size);
    return read.status == StorageStatus::ok && record_size(scratch_, read.size_read) == size;
  }

  Spool& spool_;
  std::uint8_t* const scratch_;
  Area area_ = Area::waiting;
};

SpoolRecovery Spool::recover(std::uint8_t* scratch) {
  StorageStatus status = storage_.open();
  Recovery recovery(*this, scratch);
  for (const Area area : {Area::waiting, Area::refused, Area::damaged}) {
    if (status == StorageStatus::ok) status = recovery.walk(area);
  }
  if (count_ == 0) oldest_ = next_;
  if (recovery.damaged > 0) trim(Area::damaged);
  return {status, recovery.damaged};
}

SpoolPut Spool::put(const Record& record) {
  SpoolPut result;
  const RecordHeader header = encode_record_header(record);
  const std::uint64_t size = header.size + std::uint64_t{record.picture.size};
  if (size > max_bytes_) return {StorageStatus::full, 0};
  while (bytes_ + size > max_bytes_ && drop_oldest()) ++result.dropped;

  const FileName name = file_name(next_, record_extension);
  const auto write = [&] {
    return storage_.put(Area::waiting, name.view(), {header.bytes, header.size}, record.picture);
  };
  result.status = write();
  while (result.status == StorageStatus::full && drop_oldest()) {
    ++result.dropped;
    result.status = write();
  }
  if (result.status != StorageStatus::ok) return result;
  ++next_;
  ++count_;
  bytes_ += size;
  return result;
}

PeekStatus Spool::peek(std::uint8_t* buffer, std::size_t capacity, Record& record) {
  peeked_size_ = 0;
  const FileRead read = read_oldest(buffer, capacity);
  if (read.status == StorageStatus::not_found) return PeekStatus::empty;
  if (read.status != StorageStatus::ok) return PeekStatus::failed;

  const auto decoded =
      read.size_read == read.file_size ? decode_record(buffer, read.size_read) : std::nullopt;
  if (!decoded) {
    const FileName name = file_name(oldest_, record_extension);
    if (storage_.move(Area::waiting, name.view(), Area::damaged) != StorageStatus::ok)
      return PeekStatus::failed;
    forget_oldest(read.file_size);
    trim(Area::damaged);
    return PeekStatus::damaged;
  }
  record = *decoded;
  peeked_size_ = read.file_size;
  return PeekStatus::ok;
}

void Spool::consume() {
  if (peeked_size_ == 0) return;
  // A card that became read-only keeps the file. It is forgotten all the same, or it would be sent without
  // end; after the next start the server recognises it.
  storage_.remove(Area::waiting, file_name(oldest_, record_extension).view());
  forget_oldest(peeked_size_);
}

std::size_t Spool::clear() {
  peeked_size_ = 0;
  std::size_t gone = 0;
  while (count_ > 0 && drop_oldest()) ++gone;
  return gone;
}

void Spool::refuse(const Record& record, std::string_view reason) {
  if (peeked_size_ == 0) return;
  storage_.put(Area::refused, file_name(oldest_, ".JPG").view(), record.picture, {});
  storage_.put(Area::refused, file_name(oldest_, ".TXT").view(), {reason.data(), reason.size()}, {"\n", 1});
  consume();
  trim(Area::refused);
}

// Reads the file with the smallest number, and leaves that number in oldest_. Pictures leave at the front, so
// numbers are missing only where someone removed files by hand or one was damaged.
FileRead Spool::read_oldest(std::uint8_t* out, std::size_t capacity) {
  for (; count_ > 0 && oldest_ < next_; ++oldest_) {
    const FileRead read =
        storage_.read(Area::waiting, file_name(oldest_, record_extension).view(), out, capacity);
    if (read.status != StorageStatus::not_found) return read;
  }
  count_ = 0;
  bytes_ = 0;
  return {StorageStatus::not_found, 0, 0};
}

void Spool::forget_oldest(std::uint64_t size) {
  ++oldest_;
  --count_;
  bytes_ -= std::min(bytes_, size);
  peeked_size_ = 0;
}

// False when there is none, or it cannot be removed.
bool Spool::drop_oldest() {
  const FileRead read = read_oldest(nullptr, 0);
  if (read.status != StorageStatus::ok) return false;
  if (storage_.remove(Area::waiting, file_name(oldest_, record_extension).view()) != StorageStatus::ok)
    return false;
  forget_oldest(read.file_size);
  return true;
}

void Spool::trim(Area area) {
  for (;;) {
    OldestFile oldest;
    if (storage_.list(area, oldest) != StorageStatus::ok || oldest.count <= max_set_aside_files) return;
    if (storage_.remove(area, oldest.name.view()) != StorageStatus::ok) return;
  }
}

}  // namespace heliograph::firmware
