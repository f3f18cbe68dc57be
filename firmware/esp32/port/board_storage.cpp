#include "firmware/esp32/port/board_storage.hpp"

namespace heliograph::firmware {

namespace {

// Shows the files on, and tells that the walk gets on.
class Walk final : public FileVisitor {
 public:
  Walk(FileVisitor& visitor, Vitals& vitals, const Clock& clock)
      : visitor_(visitor), vitals_(vitals), clock_(clock) {}
  void visit(std::string_view name, std::uint64_t size) override {
    vitals_.progress(TaskName::agent, clock_.mono_ms());
    visitor_.visit(name, size);
  }

 private:
  FileVisitor& visitor_;
  Vitals& vitals_;
  const Clock& clock_;
};

}  // namespace

StorageStatus BoardStorage::open() {
  if (card_errors_ >= max_card_errors) card_.unmount();
  card_errors_ = 0;
  wants_reopen_ = false;
  retry_ms_ = clock_.mono_ms() + card_retry_ms;
  on_card_ = card_.mount() && files_.open() == StorageStatus::ok;
  return pictures().open();
}

void BoardStorage::look_for_card() {
  const bool due = !on_card_ && clock_.mono_ms() >= retry_ms_;
  if (due && memory_.files_in(Area::waiting) == 0) wants_reopen_ = true;
}

StorageStatus BoardStorage::put(Area area, std::string_view name, Bytes first, Bytes second) {
  if (area == Area::state) {
    value_.clear();
    value_.append({static_cast<const char*>(first.data), first.size});
    value_.append({static_cast<const char*>(second.data), second.size});
    const bool saved = !value_.truncated() && state_.save(name, value_.view());
    return saved ? StorageStatus::ok : StorageStatus::failed;
  }
  const StorageStatus status = pictures().put(area, name, first, second);
  card_errors_ = status == StorageStatus::failed ? card_errors_ + 1 : 0;
  if (on_card_ && card_errors_ >= max_card_errors) wants_reopen_ = true;
  return status;
}

FileRead BoardStorage::read(Area area, std::string_view name, void* out, std::size_t capacity) {
  if (area != Area::state) return pictures().read(area, name, out, capacity);
  const auto value = state_.load(name, static_cast<char*>(out), capacity);
  if (!value) return {StorageStatus::not_found, 0, 0};
  return {StorageStatus::ok, value->size(), value->size()};
}

StorageStatus BoardStorage::remove(Area area, std::string_view name) {
  if (area == Area::state) return state_.erase(name) ? StorageStatus::ok : StorageStatus::failed;
  const StorageStatus status = pictures().remove(area, name);
  look_for_card();
  return status;
}

StorageStatus BoardStorage::move(Area from, std::string_view name, Area to) {
  return pictures().move(from, name, to);
}

StorageStatus BoardStorage::list(Area area, FileVisitor& visitor) {
  if (area == Area::state) return StorageStatus::ok;  // asked for by name, and never listed
  Walk walk(visitor, vitals_, clock_);
  return pictures().list(area, walk);
}

}  // namespace heliograph::firmware
