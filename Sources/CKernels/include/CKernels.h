// Inner loops that Swift's compiler does not turn into good machine code: it knows no instructions beyond those that every processor
// of an architecture has, and takes vectors apart to load their lanes.
#ifndef SPLITFACE_CKERNELS_H
#define SPLITFACE_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Positions in a plane of bytes along a straight line: position i is start + i · step, 32.32 fixed point. Steps are at most eight samples.
struct sf_line {
  int64_t x, y;
  int64_t x_step, y_step;
  /// Bytes from one row to the next.
  int32_t stride;
  /// The last positions that still have a right and a lower neighbour, 16.16: less than `sf_largest_side` << 16.
  int32_t last_x, last_y;
};

enum { sf_largest_side = 32000 };

/// Bilinear samples of a plane at positions 0 to count − 1, rounded to bytes; positions outside the plane take its border.
///
/// Vertical weights have 8 bits, horizontal ones 16; sums are kept to 1/256 of a grey level and rounded once. Within eight positions
/// fractions have 16 bits; the next eight start again from the exact position. Uses the widest vectors that this processor has; the
/// bytes are the same with all.
void sf_resample(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count);

/// The same for two planes of one size and stride, whose positions are then worked out once.
void sf_resample_two(
    const struct sf_line *line, const uint8_t *first_source, const uint8_t *second_source, uint8_t *first_target,
    uint8_t *second_target, size_t count);

/// `sf_resample` with the vectors that every processor of the architecture has; for tests.
void sf_resample_baseline(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count);

#endif
