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
/// Vertical weights have 8 bits, horizontal ones 16; sums are kept to 1/256 of a grey level and rounded once. Within sixteen positions
/// fractions have 16 bits; the next sixteen start again from the exact position. Uses the widest vectors that this processor has; the
/// bytes are the same with all.
void sf_resample(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count);

/// The same for two planes of one size and stride, whose positions are then worked out once.
void sf_resample_two(
    const struct sf_line *line, const uint8_t *first_source, const uint8_t *second_source, uint8_t *first_target,
    uint8_t *second_target, size_t count);

/// `sf_resample` with the vectors that every processor of the architecture has; for tests.
void sf_resample_baseline(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count);

/// The same with AVX2 where the processor has it, and no wider vectors; for tests.
void sf_resample_avx2(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count);

/// A row of a crop that is cut from a picture of three planes, for a network: where its columns lie and what becomes of the colours.
struct sf_crop_row {
  /// The first column's position and what each further one adds, 32.32, in samples of the planes.
  int64_t luma_x, luma_y, chroma_x, chroma_y;
  int64_t luma_x_step, luma_y_step, chroma_x_step, chroma_y_step;
  const uint8_t *y, *u, *v;
  /// Bytes from one row to the next; a plane has less than 2³¹ bytes.
  int32_t luma_stride, chroma_stride;
  /// Bytes from a position in a plane to about where the crop's next row reads: it is fetched from memory meanwhile. Any number gives the
  /// same values.
  ptrdiff_t luma_ahead, chroma_ahead;
  /// Red, green and blue are sums of these times the samples, and of what comes last, cut to 0…255.
  float luma_scale, red_from_v, green_from_u, green_from_v, blue_from_u, red_bias, green_bias, blue_bias;
  /// Of red, green and blue: value · scale + bias is written.
  float scale[3], bias[3];
  /// The crop's rows of red, green and blue, by column.
  float *planes[3];
};

/// Fills the columns first ..< end, whose neighbours must all lie in their planes, with bilinear samples.
///
/// Fractions have 24 bits, sums a float's precision. The values do not depend on the processor.
void sf_fill_crop_row(const struct sf_crop_row *crop, size_t first, size_t end);

/// The same with the vectors that every processor of the architecture has; for tests.
void sf_fill_crop_row_baseline(const struct sf_crop_row *crop, size_t first, size_t end);

#endif
