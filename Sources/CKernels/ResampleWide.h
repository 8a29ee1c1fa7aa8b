// The part of `sf_resample` that is done with AVX-512's byte permutations: of positions well inside the plane. Eight of them and all
// their neighbours lie in a box of 16×8 samples, which takes eight loads instead of sixteen.
#ifndef SPLITFACE_RESAMPLE_WIDE_H
#define SPLITFACE_RESAMPLE_WIDE_H

#include <stdbool.h>

#include "CKernels.h"

#ifdef __x86_64__

bool sf_has_wide_vectors(void);

// Writes some of the samples 0 ..< count, a range that begins at a multiple of eight: from what is returned to `until`, the same when
// there are none.
size_t sf_resample_wide_one(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count, size_t *until);

size_t sf_resample_wide_two(
    const struct sf_line *line, const uint8_t *const sources[2], uint8_t *const targets[2], size_t count, size_t *until);

#endif
#endif
