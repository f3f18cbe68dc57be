// SHA-256, over OpenSSL's EVP so that the processor's own instructions are used.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace heliograph {

using Sha256Digest = std::array<std::uint8_t, 32>;

// 64 lower-case hexadecimal digits.
std::string to_hex(const Sha256Digest& digest);

// The inverse; nullopt for any other text.
std::optional<Sha256Digest> sha256_from_hex(std::string_view text);

// A digest that is fed piece by piece. One thread at a time; finish() ends it.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(std::span<const std::uint8_t> bytes);
  Sha256Digest finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

Sha256Digest sha256(std::span<const std::uint8_t> bytes);
Sha256Digest sha256(std::string_view text);

// HMAC-SHA-256 (RFC 2104).
Sha256Digest hmac_sha256(std::span<const std::uint8_t> key, std::string_view text);

// Takes as long whether they are equal or not: who guesses one learns nothing from how long it took.
bool equal_in_constant_time(const Sha256Digest& a, const Sha256Digest& b);

}  // namespace heliograph
