// Makes one function fail from its Nth call on. It is loaded before a program's own libraries, with LD_PRELOAD. FAIL_CALL=function:N names
// the function: avcodec_send_frame, fsync, rename, link (fails as on file systems without hard links), flock (fails as on file systems
// without locks), or lose_packet (from the Nth packet on, av_interleaved_write_frame discards packets and reports success).
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

int link(const char *from, const char *to) {
  static int (*real)(const char *, const char *);
  if (fails("link")) { errno = EPERM; return -1; }
  if (!real) real = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "link");
  return real(from, to);
}

int flock(int descriptor, int operation) {
  static int (*real)(int, int);
  if (fails("flock")) { errno = ENOLCK; return -1; }
  if (!real) real = (int (*)(int, int))dlsym(RTLD_NEXT, "flock");
  return real(descriptor, operation);
}

int av_interleaved_write_frame(void *format, void *packet) {
  static int (*real)(void *, void *);
  static void (*drop)(void *);
  if (!drop) drop = (void (*)(void *))dlsym(RTLD_NEXT, "av_packet_unref");
  if (packet && fails("lose_packet")) { drop(packet); return 0; }
  if (!real) real = (int (*)(void *, void *))dlsym(RTLD_NEXT, "av_interleaved_write_frame");
  return real(format, packet);
}
