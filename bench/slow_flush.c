// Preloaded into a server, makes each of its flushes take FLUSH_DELAY_MS longer: a cloud volume on a bad day.
// With FLUSH_DELAY_FILE the time stands in that file, which may be written meanwhile: a disk that gets stuck,
// and well again.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static long delay_ms(void) {
  // Nobody in these servers changes the environment.
  const char* said = getenv("FLUSH_DELAY_MS");  // NOLINT(concurrency-mt-unsafe)
  long ms = said == NULL ? 0 : atol(said);
  const char* path = getenv("FLUSH_DELAY_FILE");  // NOLINT(concurrency-mt-unsafe)
  FILE* file = path == NULL ? NULL : fopen(path, "re");
  if (file != NULL) {
    if (fscanf(file, "%ld", &ms) != 1) ms = 0;
    fclose(file);
  }
  return ms;
}

static void delay(void) {
  const long step_ms = 10;  // as soon as this it is noticed that the time is another
  for (long waited = 0, left = delay_ms(); left > 0; left = delay_ms() - waited) {
    const long ms = left < step_ms ? left : step_ms;
    const struct timespec time = {0, ms * 1000000};
    nanosleep(&time, NULL);
    waited += ms;
  }
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
