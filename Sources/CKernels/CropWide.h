// `sf_fill_crop_row` with AVX-512's byte permutations, for rows of a crop that lie along the picture's: sixteen positions and all their
// neighbours lie in two stretches of 64 bytes.
#ifndef SPLITFACE_CROP_WIDE_H
#define SPLITFACE_CROP_WIDE_H

#include <stdbool.h>

#include "CKernels.h"

#ifdef __x86_64__

// Whether it was done: only along the picture's rows, at steps of at most four samples, and for sixteen columns or more.
bool sf_fill_crop_row_wide(const struct sf_crop_row *crop, size_t first, size_t end);

#endif
#endif
