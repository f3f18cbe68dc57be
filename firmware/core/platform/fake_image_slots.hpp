// Slots in memory that remember what was asked of them, and fail when told to.
#pragma once

#include "firmware/core/platform/image_slots.hpp"

#include <functional>
#include <string>

namespace heliograph::firmware {

class FakeImageSlots final : public ImageSlots {
 public:
  BootFacts facts() override { return boot; }
  ManifestText running_manifest() override { return ManifestText(running); }
  ManifestText other_manifest() override { return ManifestText(manifest); }
  std::uint64_t other_size() override { return image.size(); }
  bool begin(std::string_view text) override {
    manifest = text;
    image.clear();
    return !broken;
  }
  bool append(Bytes bytes) override {
    if (broken) return false;
    image.append(static_cast<const char*>(bytes.data), bytes.size);
    appended();
    return true;
  }
  std::optional<std::array<std::uint8_t, 32>> other_digest() override { return digest; }
  bool try_other() override { return tried = true; }
  bool confirm(std::uint32_t security) override {
    if (broken) return false;
    boot.on_trial = false;
    boot.outcome = TrialOutcome::confirmed;
    boot.security = security;
    return true;
  }
  bool give_up(std::string_view reason) override {
    boot.on_trial = false;
    boot.outcome = TrialOutcome::rolled_back;
    boot.reason = TrialReason(reason);
    return gave_up = true;
  }
  bool acknowledge() override {
    boot.outcome = TrialOutcome::none;
    return true;
  }
  std::string_view error_text() const override { return "no space left"; }

  std::function<void()> appended = [] {};  // a piece was
  BootFacts boot;
  std::string running;   // the manifest of what runs
  std::string manifest;  // of the other slot
  std::string image;
  std::array<std::uint8_t, 32> digest{};  // what hashing the image gives
  bool broken = false;
  bool tried = false;
  bool gave_up = false;
};

}  // namespace heliograph::firmware
