// The arithmetic of positions along a line, shared by all resampling kernels because their results must agree to the bit.
#ifndef SPLITFACE_POSITIONS_H
#define SPLITFACE_POSITIONS_H

#include "CKernels.h"

// The number of consecutive positions that are computed from one exact position.
enum { sf_run = 16 };

// Converts a 32.32 step to 16.16.
static inline int32_t sf_narrow_step(int64_t step) { return (int32_t)((step + 32768) >> 16); }

// Converts a 32.32 position to 16.16. A position may lie so far outside the plane that its whole run has the values of the border. It is
// then moved closer, so that it fits into 32 bits.
static inline int32_t sf_narrow(int64_t position, int32_t last) {
  const int64_t margin = (int64_t)(8 * sf_run) << 16;
  position >>= 16;
  int64_t limited = position < -margin ? -margin : position > last + margin ? last + margin : position;
  return (int32_t)limited;
}

#endif
