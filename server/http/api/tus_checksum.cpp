#include "server/http/api/tus_checksum.hpp"

#include <array>
#include <new>

#include <openssl/evp.h>

namespace heliograph::http {

void RunningChecksum::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

Result<RunningChecksum> RunningChecksum::begin(const TusChecksum& expected) {
  const EVP_MD* algorithm = nullptr;
  if (expected.algorithm == "sha1") algorithm = EVP_sha1();
  if (expected.algorithm == "sha256") algorithm = EVP_sha256();
  if (algorithm == nullptr) {
    return Error{ErrorKind::bad_request,
                 "Upload-Checksum may use one of " + std::string(checksum_algorithms)};
  }
  Context context(EVP_MD_CTX_new());
  if (!context || EVP_DigestInit_ex(context.get(), algorithm, nullptr) != 1) throw std::bad_alloc();
  return RunningChecksum(std::move(context), expected.digest);
}

void RunningChecksum::update(std::span<const std::uint8_t> bytes) {
  EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

bool RunningChecksum::matches() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  EVP_DigestFinal_ex(context_.get(), digest.data(), &length);
  return std::string_view(reinterpret_cast<const char*>(digest.data()), length) == expected_;
}

}  // namespace heliograph::http
