#include "server/base/library.hpp"

#include <dlfcn.h>

namespace heliograph {

Result<Library> Library::load(const char* name, const char* package) {
  void* const handle = ::dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle != nullptr) return Library(handle, name);
  const char* const why = ::dlerror();  // NOLINT(concurrency-mt-unsafe): glibc keeps one for each thread
  return Error{ErrorKind::unavailable, std::string(name) + " cannot be loaded (Debian: install " + package +
                                           "): " + (why != nullptr ? why : "unknown")};
}

void* Library::look_up(const char* symbol) {
  void* const found = ::dlsym(handle_, symbol);
  if (found == nullptr) missing_ = symbol;
  return found;
}

Result<void> Library::complete() const {
  if (missing_.empty()) return {};
  return Error{ErrorKind::unavailable, name_ + " is another library than expected: it has no " + missing_};
}

}  // namespace heliograph
