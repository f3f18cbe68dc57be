// Whatever is taken is within its bounds, and names parts of the text it was read from.
#include "protocol/signature.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::protocol;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Signature signature;
  if (!decode_signature(text, signature)) return 0;
  if (signature.time_ms < 0 || signature.nonce.size() < min_nonce_length) std::abort();
  for (const std::string_view part :
       {signature.camera, signature.nonce, signature.body, signature.signature}) {
    if (part.data() < text.data() || part.data() + part.size() > text.data() + text.size()) std::abort();
    if (part.find('\n') != std::string_view::npos) std::abort();  // it ends a line of what is signed
  }
  return 0;
}
