// Positions along a line, as all the kernels that resample work them out: they must agree to the bit.
#ifndef SPLITFACE_POSITIONS_H
#define SPLITFACE_POSITIONS_H

#include "CKernels.h"

// Positions that are reckoned from one exact one.
enum { sf_run = 16 };

// A 32.32 step as 16.16.
static inline int32_t sf_narrow_step(int64_t step) { return (int32_t)((step + 32768) >> 16); }

// A 32.32 position as 16.16. Far outside, where all that start here take the border, it may as well be nearer.
static inline int32_t sf_narrow(int64_t position, int32_t last) {
  const int64_t margin = (int64_t)(8 * sf_run) << 16;
  position >>= 16;
  int64_t limited = position < -margin ? -margin : position > last + margin ? last + margin : position;
  return (int32_t)limited;
}

#endif
