// Whatever is taken is within its bounds, and there is no other way to write it.
#include "protocol/manifest.hpp"

#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::protocol;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Manifest manifest;
  if (!read_manifest(bytes, manifest)) return 0;
  if (manifest.text.size() > max_manifest || manifest.text.data() != bytes.data()) std::abort();
  if (manifest.size == 0 || manifest.size > max_image_bytes) std::abort();
  const auto hex = [](const std::uint8_t* digits, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
      text += "0123456789abcdef"[digits[i] >> 4];
      text += "0123456789abcdef"[digits[i] & 15];
    }
    return text;
  };
  std::string again;
  write_signed_manifest(manifest.model, manifest.version_text, std::to_string(manifest.security),
                        manifest.downgrade, std::to_string(manifest.size), hex(manifest.sha256.data(), 32),
                        hex(manifest.key.data(), 32),
                        [&again](std::string_view piece) { again.append(piece); });
  if (again != manifest.signed_text) std::abort();
  again += "signature " + hex(manifest.signature.data(), 64) + "\n";
  if (again != manifest.text) std::abort();
  return 0;
}
