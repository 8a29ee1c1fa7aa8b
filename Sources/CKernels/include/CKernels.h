// Inner loops for which Swift's compiler does not generate good machine code: it uses only the instructions that every processor of an
// architecture has, and loads a vector's lanes one by one.
#ifndef SPLITFACE_CKERNELS_H
#define SPLITFACE_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Positions in a plane of bytes along a straight line: position i is start + i · step, 32.32 fixed point. Steps are at most eight samples
/// long.
struct sf_line {
  int64_t x, y;
  int64_t x_step, y_step;
  /// Bytes from one row to the next.
  int32_t stride;
  /// The last positions that still have a right and a lower neighbour, 16.16; less than `sf_largest_side` << 16.
  int32_t last_x, last_y;
};

/// The largest width or height of a plane, samples.
enum { sf_largest_side = 32000 };

/// Samples a plane bilinearly at positions 0 to count − 1 and rounds to bytes. Positions outside the plane take its border.
///
/// Vertical weights have 8 bits, horizontal ones 16. Sums are kept to 1/256 of a grey level and rounded once. Within a run of sixteen
/// positions fractions have 16 bits; each run starts from its exact position. Uses the widest vectors of the processor; the bytes are the
/// same with any.
void sf_resample(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count);

/// Samples two planes of the same size and stride, for which positions are computed only once.
void sf_resample_two(
    const struct sf_line *line, const uint8_t *first_source, const uint8_t *second_source, uint8_t *first_target,
    uint8_t *second_target, size_t count);

/// `sf_resample` with only the vectors that every processor of the architecture has. For tests.
void sf_resample_baseline(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count);

/// `sf_resample` with AVX2 if the processor has it, and no wider vectors. For tests.
void sf_resample_avx2(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count);

/// One row of a crop cut from an image of three planes for a network: the positions of its columns, and the conversion of the colours.
struct sf_crop_row {
  /// The first column's position and the step to each further one, 32.32, in samples of the planes.
  int64_t luma_x, luma_y, chroma_x, chroma_y;
  int64_t luma_x_step, luma_y_step, chroma_x_step, chroma_y_step;
  const uint8_t *y, *u, *v;
  /// Bytes from one row to the next; a plane has less than 2³¹ bytes.
  int32_t luma_stride, chroma_stride;
  /// Bytes from a position in a plane to approximately where the crop's next row will read, for prefetching. The results do not depend on
  /// them.
  ptrdiff_t luma_ahead, chroma_ahead;
  /// Red, green and blue are the samples multiplied by these factors, plus the biases, clipped to 0…255.
  float luma_scale, red_from_v, green_from_u, green_from_v, blue_from_u, red_bias, green_bias, blue_bias;
  /// The normalisation of red, green and blue: value · scale + bias is written.
  float scale[3], bias[3];
  /// The crop's rows of red, green and blue, by column; written.
  float *planes[3];
};

/// Fills the columns first ..< end with bilinear samples. All neighbours of their positions must lie in the planes.
///
/// Fractions have 24 bits; sums have the precision of a float. The values do not depend on the processor.
void sf_fill_crop_row(const struct sf_crop_row *crop, size_t first, size_t end);

/// `sf_fill_crop_row` with only the vectors that every processor of the architecture has. For tests.
void sf_fill_crop_row_baseline(const struct sf_crop_row *crop, size_t first, size_t end);

#endif
