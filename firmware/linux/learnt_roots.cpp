#include "firmware/linux/learnt_roots.hpp"

#include "firmware/linux/durable_file.hpp"

#include <fstream>
#include <iterator>
#include <utility>

namespace heliograph::firmware {

LearntRoots::LearntRoots(TlsContext& context, std::filesystem::path file)
    : context_(context), file_(std::move(file)) {
  std::ifstream in(file_, std::ios::binary);
  kept_.assign(std::istreambuf_iterator<char>(in), {});
  if (!context_.trust_besides(kept_)) kept_.clear();
}

bool LearntRoots::begin() {
  fresh_.clear();
  return true;
}

bool LearntRoots::append(Bytes pem) {
  fresh_.append(static_cast<const char*>(pem.data), pem.size);
  return true;
}

bool LearntRoots::keep() {
  if (!write_durably(file_, fresh_)) {
    drop();
    return false;
  }
  kept_ = std::exchange(fresh_, {});
  return context_.trust_besides(kept_);
}

void LearntRoots::drop() {
  fresh_.clear();
  context_.trust_besides(kept_);
}

}  // namespace heliograph::firmware
