// Loaded before a program's own libraries (LD_PRELOAD): makes one function fail from its Nth call on. FAIL_CALL=function:N, one of
// avcodec_send_frame, fsync, rename.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static atomic_int calls;

static int fails(const char *name) {
  const char *chosen = getenv("FAIL_CALL");
  size_t length = strlen(name);
  if (!chosen || strncmp(chosen, name, length) != 0 || chosen[length] != ':') return 0;
  return atomic_fetch_add(&calls, 1) + 1 >= atoi(chosen + length + 1);
}

int avcodec_send_frame(void *codec, const void *frame) {
  static int (*real)(void *, const void *);
  if (fails("avcodec_send_frame")) return -EIO;
  if (!real) real = (int (*)(void *, const void *))dlsym(RTLD_NEXT, "avcodec_send_frame");
  return real(codec, frame);
}

int fsync(int descriptor) {
  static int (*real)(int);
  if (fails("fsync")) { errno = EIO; return -1; }
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  return real(descriptor);
}

int rename(const char *from, const char *to) {
  static int (*real)(const char *, const char *);
  if (fails("rename")) { errno = EIO; return -1; }
  if (!real) real = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
  return real(from, to);
}
