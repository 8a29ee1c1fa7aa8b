// Vector types that the kernels share. Clang compiles its vector extensions to the instructions of the target that each function states.
#ifndef SPLITFACE_VECTORS_H
#define SPLITFACE_VECTORS_H

#include <stdint.h>
#include <string.h>

typedef int32_t int32x8 __attribute__((vector_size(32)));
typedef uint32_t uint32x8 __attribute__((vector_size(32)));
typedef uint16_t uint16x8 __attribute__((vector_size(16)));

// The warning is that vectors are passed to functions differently on different targets. It does not matter here, because everything is
// inlined.
#pragma clang diagnostic ignored "-Wpsabi"

enum { lanes = 8 };

#define INLINE static inline __attribute__((always_inline))

// Returns a sample and, in the upper byte, its right neighbour.
INLINE uint16_t pair(const uint8_t *first) {
  uint16_t bytes;
  memcpy(&bytes, first, sizeof bytes);
  return bytes;
}

// Returns eight samples, each with its right neighbour in the upper byte, on a little-endian processor.
INLINE uint16x8 eight_pairs(const uint8_t *base, const int32_t *offsets) {
  uint16x8 pairs = {
      pair(base + offsets[0]), pair(base + offsets[1]), pair(base + offsets[2]), pair(base + offsets[3]),
      pair(base + offsets[4]), pair(base + offsets[5]), pair(base + offsets[6]), pair(base + offsets[7])};
  return pairs;
}

#endif
