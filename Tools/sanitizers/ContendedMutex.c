// Tells the thread sanitizer about the half of Swift's `Mutex` that it cannot see. Built and preloaded by Scripts/sanitize.sh on Linux.
//
// Where nobody else holds a `Mutex`, it is taken and given back by an atomic operation that is compiled into our code, so instrumented.
// Where somebody does, that is done by these two functions of libswiftSynchronization, which comes without instrumentation and asks the
// kernel (stdlib/public/Synchronization/Mutex/LinuxImpl.swift): without what is said here, all that a contended mutex guards is reported.
// No report is hidden by it: the order it tells of is there, and what is not under the mutex gains none.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

// Null in a program without the sanitizer; preloading reaches ffmpeg and the like, too.
__attribute__((weak)) void __tsan_acquire(void *);
__attribute__((weak)) void __tsan_release(void *);

// A method's arguments and, in a register of its own, the mutex's word: the same address as the compiled-in operation's.
#define METHOD __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *

// _MutexHandle._lockSlow(UInt32), _MutexHandle._unlockSlow()
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

METHOD void mutex_lock(uint32_t thread, SELF word) __asm__(LOCK);
METHOD void mutex_unlock(SELF word) __asm__(UNLOCK);

static void *original(const char *name) {
  void *function = dlsym(RTLD_NEXT, name);
  if (!function) abort();
  return function;
}

METHOD void mutex_lock(uint32_t thread, SELF word) {
  METHOD void (*lock)(uint32_t, SELF) = original(LOCK);
  lock(thread, word);
  if (__tsan_acquire) __tsan_acquire(word);
}

METHOD void mutex_unlock(SELF word) {
  METHOD void (*unlock)(SELF) = original(UNLOCK);
  if (__tsan_release) __tsan_release(word);
  unlock(word);
}
