// A card in memory that fails when told to.
#pragma once

#include "firmware/core/platform/storage.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace heliograph::firmware {

class FakeStorage final : public Storage {
 public:
  using Files = std::map<std::string, std::string, std::less<>>;

  StorageStatus open() override { return fault; }

  StorageStatus put(Area area, std::string_view name, Bytes first, Bytes second) override {
    if (fault != StorageStatus::ok) return fault;
    if (fails_in == area) return StorageStatus::failed;
    slows();
    if (used() + first.size + second.size > capacity) return StorageStatus::full;
    std::string& file = files(area)[std::string(name)];
    file.assign(static_cast<const char*>(first.data), first.size);
    file.append(static_cast<const char*>(second.data), second.size);
    return StorageStatus::ok;
  }

  FileRead read(Area area, std::string_view name, void* out, std::size_t out_capacity) override {
    if (fault != StorageStatus::ok) return {fault, 0, 0};
    const auto found = files(area).find(name);
    if (found == files(area).end()) return {StorageStatus::not_found, 0, 0};
    const std::size_t size = std::min(out_capacity, found->second.size());
    std::copy_n(found->second.data(), size, static_cast<char*>(out));
    if (garbles_in == area && size > 0) static_cast<char*>(out)[0] ^= 1;
    return {StorageStatus::ok, size, found->second.size()};
  }

  StorageStatus remove(Area area, std::string_view name) override {
    if (fault != StorageStatus::ok || read_only) return StorageStatus::failed;
    files(area).erase(std::string(name));
    return StorageStatus::ok;
  }

  StorageStatus move(Area from, std::string_view name, Area to) override {
    if (fault != StorageStatus::ok || read_only) return StorageStatus::failed;
    files(to)[std::string(name)] = files(from).at(std::string(name));
    files(from).erase(std::string(name));
    return StorageStatus::ok;
  }

  StorageStatus list(Area area, FileVisitor& visitor) override {
    if (fault != StorageStatus::ok) return fault;
    const Files shown = files(area);
    for (const auto& [name, content] : shown) visitor.visit(name, content.size());
    return StorageStatus::ok;
  }

  bool lasts() const override { return !is_memory; }

  std::string_view error_text() const override { return "the card does not answer"; }

  Files& files(Area area) { return areas_[static_cast<std::size_t>(area)]; }

  StorageStatus fault = StorageStatus::ok;  // what every call answers
  bool read_only = false;                   // removing and moving fail
  std::optional<Area> fails_in;             // writing there does
  std::optional<Area> garbles_in;           // what is read there has a wrong bit
  bool is_memory = false;                   // and no card
  std::function<void()> slows = [] {};      // whatever takes time, with each file written
  std::size_t capacity = SIZE_MAX;          // bytes, all areas together

 private:
  std::size_t used() const {
    std::size_t sum = 0;
    for (const Files& area : areas_) {
      for (const auto& [name, content] : area) sum += content.size();
    }
    return sum;
  }

  std::array<Files, 4> areas_;
};

}  // namespace heliograph::firmware
