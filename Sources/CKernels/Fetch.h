// Prefetching of memory.
#ifndef SPLITFACE_FETCH_H
#define SPLITFACE_FETCH_H

#include <stdint.h>

// Prefetches the cache line at `offset` bytes from `base`. The address may lie outside the plane: a prefetch never faults. It is computed as
// an integer because pointer arithmetic outside an object is undefined.
static inline __attribute__((always_inline)) void sf_fetch(const uint8_t *base, uintptr_t offset) {
  __builtin_prefetch((const void *)((uintptr_t)base + offset));
}

#endif
