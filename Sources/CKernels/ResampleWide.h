// `sf_resample` with AVX-512's byte permutations. It loads a box of 32×4, 32×8 or 16×16 samples that contains sixteen positions and all
// their neighbours. This takes four, eight or sixteen loads instead of thirty-two.
#ifndef SPLITFACE_RESAMPLE_WIDE_H
#define SPLITFACE_RESAMPLE_WIDE_H

#include <stdbool.h>

#include "CKernels.h"

#ifdef __x86_64__

// Returns whether this processor has the instructions.
bool sf_has_wide_vectors(void);

// Samples one plane. Returns false and writes nothing if the line's positions do not fit into any box, or if the plane is smaller than the
// box.
bool sf_resample_wide_one(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count);

// Does the same for two planes of the same size and stride.
bool sf_resample_wide_two(const struct sf_line *line, const uint8_t *const sources[2], uint8_t *const targets[2], size_t count);

#endif
#endif
