// Asking for memory before it is read.
#ifndef SPLITFACE_FETCH_H
#define SPLITFACE_FETCH_H

#include <stdint.h>

// Asks for the line of memory that `offset` leads to. It does no harm where that lies outside the plane: such an address is only named.
static inline __attribute__((always_inline)) void sf_fetch(const uint8_t *base, uintptr_t offset) {
  __builtin_prefetch((const void *)((uintptr_t)base + offset));
}

#endif
