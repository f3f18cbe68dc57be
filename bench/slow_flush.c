// Preloaded into a server, makes each of its flushes take FLUSH_DELAY_MS longer: a cloud volume on a bad day.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void delay(void) {
  const char* said = getenv("FLUSH_DELAY_MS");
  const long ms = said == NULL ? 0 : atol(said);
  const struct timespec time = {ms / 1000, ms % 1000 * 1000000};
  nanosleep(&time, NULL);
}

#define SLOW(name)                                                  \
  int name(int descriptor) {                                        \
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, #name);       \
    delay();                                                        \
    return real(descriptor);                                        \
  }

SLOW(fsync)
SLOW(fdatasync)
SLOW(syncfs)
