// Preloaded into a program: its k-th allocation fails, as HELIOGRAPH_FAILING_ALLOCATION=k says. glibc only.
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdlib>

extern "C" {

// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming): glibc's own
void* __libc_malloc(std::size_t size);

void* malloc(std::size_t size) {
  static std::atomic<long> calls{0};
  static const long failing = [] {
    const char* told =
        std::getenv("HELIOGRAPH_FAILING_ALLOCATION");  // NOLINT(concurrency-mt-unsafe): nothing sets it
    return told == nullptr ? 0 : std::atol(told);      // NOLINT(cert-err34-c): of a test
  }();
  if (++calls != failing) return __libc_malloc(size);
  errno = ENOMEM;
  return nullptr;
}

}  // extern "C"
