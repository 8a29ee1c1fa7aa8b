// Inner loops in C, because Swift's compiler does not generate good machine code for them. It uses only the instructions that every
// processor of an architecture has, and loads a vector's lanes one by one.
#ifndef SPLITFACE_CKERNELS_H
#define SPLITFACE_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Positions in a plane of bytes along a straight line: position i is start + i · step, in 32.32 fixed point. Steps are at most eight
/// samples long.
struct sf_line {
  int64_t x, y;
  int64_t x_step, y_step;
  /// The number of bytes from one row to the next.
  int32_t stride;
  /// The last positions that still have a right and a lower neighbour, in 16.16. They are less than `sf_largest_side` << 16.
  int32_t last_x, last_y;
};

/// The largest width or height of a plane in samples.
enum { sf_largest_side = 32000 };

/// Samples a plane bilinearly at positions 0 to count − 1 and rounds to bytes. A position outside the plane has the value of the nearest
/// border.
///
/// Vertical weights have 8 bits, horizontal ones 16. Sums are kept to 1/256 of a grey level and rounded once. Within a run of sixteen
/// positions, fractions have 16 bits; each run starts from its exact position. The function uses the widest vectors of the processor. The
/// resulting bytes are the same with any vectors.
void sf_resample(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count);

/// Samples two planes of the same size and stride, and computes their common positions only once.
void sf_resample_two(
    const struct sf_line *line, const uint8_t *first_source, const uint8_t *second_source, uint8_t *first_target,
    uint8_t *second_target, size_t count);

/// `sf_resample` with only the vectors that every processor of the architecture has. For tests.
void sf_resample_baseline(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count);

/// `sf_resample` with AVX2 if the processor has it, and no wider vectors. For tests.
void sf_resample_avx2(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count);

/// One row of a crop cut from an image of three planes for a network: the positions of its columns, and the conversion of the colours.
struct sf_crop_row {
  /// The position of the first column, and the step from each column to the next, in samples of the planes and in 32.32.
  int64_t luma_x, luma_y, chroma_x, chroma_y;
  int64_t luma_x_step, luma_y_step, chroma_x_step, chroma_y_step;
  const uint8_t *y, *u, *v;
  /// The number of bytes from one row to the next. A plane has less than 2³¹ bytes.
  int32_t luma_stride, chroma_stride;
  /// The approximate number of bytes from a position in a plane to the position that the crop's next row will read, for prefetching. The
  /// results do not depend on it.
  ptrdiff_t luma_ahead, chroma_ahead;
  /// The conversion of the colours: red, green and blue are the samples multiplied by these factors, plus the biases, clipped to 0…255.
  float luma_scale, red_from_v, green_from_u, green_from_v, blue_from_u, red_bias, green_bias, blue_bias;
  /// The normalisation of red, green and blue: value · scale + bias is written.
  float scale[3], bias[3];
  /// The rows of the crop's red, green and blue planes, to which the values are written by column.
  float *planes[3];
};

/// Fills the columns first ..< end with bilinear samples. All neighbours of their positions must lie in the planes.
///
/// Fractions have 24 bits; sums have the precision of a float. The values do not depend on the processor.
void sf_fill_crop_row(const struct sf_crop_row *crop, size_t first, size_t end);

/// `sf_fill_crop_row` with only the vectors that every processor of the architecture has. For tests.
void sf_fill_crop_row_baseline(const struct sf_crop_row *crop, size_t first, size_t end);

#endif
