// Two slots in a directory: DIR/BOOT.TXT, DIR/a/MANIFEST.TXT, DIR/a/program, and the same of b.
#pragma once

#include "firmware/core/platform/image_slots.hpp"
#include "firmware/linux/boot_record.hpp"
#include "firmware/linux/file_descriptor.hpp"

#include <filesystem>
#include <string>

namespace heliograph::firmware {

class DirectorySlots final : public ImageSlots {
 public:
  // `running`: what this process was started from. Makes what is missing of `directory`, and throws
  // std::runtime_error with a sentence when it cannot.
  DirectorySlots(std::filesystem::path directory, Slot running);

  BootFacts facts() override;
  ManifestText running_manifest() override;
  ManifestText other_manifest() override;
  std::uint64_t other_size() override;
  bool begin(std::string_view manifest) override;
  bool append(Bytes bytes) override;
  std::optional<std::array<std::uint8_t, 32>> other_digest() override;
  bool try_other() override;
  bool confirm(std::uint32_t security) override;
  bool give_up(std::string_view reason) override;
  bool acknowledge() override;
  std::string_view error_text() const override { return error_; }

  // For the launcher. A record that is not there, or is none, is that of a new camera.
  BootRecord record() const;
  bool save(const BootRecord& record);
  std::filesystem::path program(Slot slot) const;

 private:
  std::filesystem::path slot_directory(Slot slot) const { return directory_ / name_of(slot); }
  ManifestText manifest_of(Slot slot) const;
  bool fail(const std::filesystem::path& path);

  const std::filesystem::path directory_;
  const Slot running_;
  const Slot other_;
  FileDescriptor image_;  // of the other slot, while it grows
  std::string error_;
};

}  // namespace heliograph::firmware
