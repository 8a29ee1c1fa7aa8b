// Informs the thread sanitizer about contended locks of Swift's `Mutex`. Built and preloaded by Scripts/sanitize.sh on Linux.
//
// An uncontended `Mutex` is locked and unlocked by an atomic operation that is compiled into our code and is therefore instrumented. A
// contended one is locked and unlocked by these two functions of libswiftSynchronization, which call the kernel
// (stdlib/public/Synchronization/Mutex/LinuxImpl.swift) and are not instrumented: without this file, all accesses that a contended mutex
// guards would be reported as races. It hides no real races: it only states the order that the mutex really establishes, and accesses
// without the mutex get no order from it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

// Null in a program without the sanitizer, such as ffmpeg, into which this file is preloaded too.
__attribute__((weak)) void __tsan_acquire(void *);
__attribute__((weak)) void __tsan_release(void *);

// Swift's calling convention for methods: `self`, in a register of its own, is the address of the mutex's word, which is the address that the
// compiled-in operations use.
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
