#include "CKernels.h"
#include "Fetch.h"
#include "Vectors.h"

// Results must be the same on every processor, so multiplications and additions are not fused, which not every processor can do.
#pragma STDC FP_CONTRACT OFF

typedef int64_t int64x4 __attribute__((vector_size(32)));
typedef float float32x8 __attribute__((vector_size(32)));

// The indices of the two halves of a 64-bit lane among the 32-bit lanes of the same vector.
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LOWER(lane) 2 * (lane)
#define UPPER(lane) 2 * (lane) + 1
#else
#define LOWER(lane) 2 * (lane) + 1
#define UPPER(lane) 2 * (lane)
#endif

// Eight positions along one axis, in 32.32 fixed point.
struct ramp {
  int64x4 low, high;
};

INLINE struct ramp ramp_at(int64_t start, int64_t step) {
  int64x4 low = {start, start + step, start + 2 * step, start + 3 * step};
  struct ramp ramp = {low, low + 4 * step};
  return ramp;
}

INLINE void advance(struct ramp *ramp, int64_t by) {
  ramp->low += by;
  ramp->high += by;
}

// Returns the integer parts of the positions.
INLINE int32x8 whole(struct ramp ramp) {
  return __builtin_shufflevector((int32x8)ramp.low, (int32x8)ramp.high, UPPER(0), UPPER(1), UPPER(2), UPPER(3), UPPER(4), UPPER(5), UPPER(6), UPPER(7));
}

// Returns the fractions of the positions, cut to the 24 bits that fit into a float.
INLINE float32x8 fraction(struct ramp ramp) {
  uint32x8 bits = (uint32x8)__builtin_shufflevector((int32x8)ramp.low, (int32x8)ramp.high, LOWER(0), LOWER(1), LOWER(2), LOWER(3), LOWER(4), LOWER(5), LOWER(6), LOWER(7));
  return __builtin_convertvector((int32x8)(bits >> 8), float32x8) * 0x1p-24f;
}

// Eight positions in a plane: the offsets of their upper left samples, and their fractions.
struct places {
  int32_t offsets[lanes];
  float32x8 x, y;
};

INLINE struct places places_of(struct ramp x, struct ramp y, int32_t stride) {
  int32x8 offsets = whole(y) * stride + whole(x);
  struct places places = {.x = fraction(x), .y = fraction(y)};
  memcpy(places.offsets, &offsets, sizeof places.offsets);
  return places;
}

// Interpolates horizontally between samples and their right neighbours.
INLINE float32x8 row(const uint8_t *base, const struct places *places) {
  uint16x8 pairs = eight_pairs(base, places->offsets);
  float32x8 left = __builtin_convertvector(__builtin_convertvector(pairs & 0xFF, int32x8), float32x8);
  float32x8 right = __builtin_convertvector(__builtin_convertvector(pairs >> 8, int32x8), float32x8);
  return left + (right - left) * places->x;
}

// Interpolates between two rows.
INLINE float32x8 mix(const uint8_t *base, int32_t stride, const struct places *places) {
  float32x8 upper = row(base, places);
  float32x8 lower = row(base + stride, places);
  return upper + (lower - upper) * places->y;
}

INLINE float32x8 clip(float32x8 value) {
  float32x8 zero = {0};
  return __builtin_elementwise_min(__builtin_elementwise_max(value, zero), zero + 255);
}

struct colours {
  float32x8 planes[3];
};

struct ramps {
  struct ramp luma_x, luma_y, chroma_x, chroma_y;
};

// Returns eight positions, starting at `column` and `pace` columns apart. With a pace of 0, all eight are the same.
INLINE struct ramps ramps_at(const struct sf_crop_row *crop, size_t column, int64_t pace) {
  int64_t index = (int64_t)column;
  struct ramps ramps = {
      ramp_at(crop->luma_x + index * crop->luma_x_step, pace * crop->luma_x_step),
      ramp_at(crop->luma_y + index * crop->luma_y_step, pace * crop->luma_y_step),
      ramp_at(crop->chroma_x + index * crop->chroma_x_step, pace * crop->chroma_x_step),
      ramp_at(crop->chroma_y + index * crop->chroma_y_step, pace * crop->chroma_y_step)};
  return ramps;
}

// Prefetches samples of the crop's next row. A crop's rows are short compared with the image's, so each row begins at an address that the
// processor's own prefetcher does not predict.
INLINE void fetch_next_row(const struct sf_crop_row *crop, int32_t luma_offset, int32_t chroma_offset) {
  const uintptr_t luma = (uintptr_t)luma_offset + (uintptr_t)crop->luma_ahead;
  sf_fetch(crop->y, luma);
  sf_fetch(crop->y, luma + (uintptr_t)crop->luma_stride);
  // Only the lower of the two rows of chroma samples is prefetched: if the crop is upright and not much reduced, the upper row has just
  // been read.
  const uintptr_t chroma = (uintptr_t)chroma_offset + (uintptr_t)crop->chroma_ahead + (uintptr_t)crop->chroma_stride;
  sf_fetch(crop->u, chroma);
  sf_fetch(crop->v, chroma);
}

INLINE struct colours colours_at(const struct sf_crop_row *crop, const struct ramps *ramps) {
  struct places luma = places_of(ramps->luma_x, ramps->luma_y, crop->luma_stride);
  struct places chroma = places_of(ramps->chroma_x, ramps->chroma_y, crop->chroma_stride);
  fetch_next_row(crop, luma.offsets[0], chroma.offsets[0]);
  float32x8 y = mix(crop->y, crop->luma_stride, &luma) * crop->luma_scale;
  float32x8 u = mix(crop->u, crop->chroma_stride, &chroma);
  float32x8 v = mix(crop->v, crop->chroma_stride, &chroma);
  float32x8 red = y + v * crop->red_from_v + crop->red_bias;
  float32x8 green = y + u * crop->green_from_u + v * crop->green_from_v + crop->green_bias;
  float32x8 blue = y + u * crop->blue_from_u + crop->blue_bias;
  struct colours colours = {{
      clip(red) * crop->scale[0] + crop->bias[0], clip(green) * crop->scale[1] + crop->bias[1], clip(blue) * crop->scale[2] + crop->bias[2]}};
  return colours;
}

INLINE void write_eight(const struct sf_crop_row *crop, size_t column, const struct ramps *ramps) {
  struct colours colours = colours_at(crop, ramps);
  for (int plane = 0; plane < 3; plane++) { memcpy(crop->planes[plane] + column, &colours.planes[plane], sizeof(float32x8)); }
}

INLINE void fill(const struct sf_crop_row *crop, size_t first, size_t end) {
  if (end - first < lanes) {
    for (size_t column = first; column < end; column++) {
      struct ramps ramps = ramps_at(crop, column, 0);
      struct colours colours = colours_at(crop, &ramps);
      for (int plane = 0; plane < 3; plane++) { crop->planes[plane][column] = colours.planes[plane][0]; }
    }
    return;
  }
  struct ramps ramps = ramps_at(crop, first, 1);
  size_t column = first;
  for (; column + lanes <= end; column += lanes) {
    write_eight(crop, column, &ramps);
    advance(&ramps.luma_x, lanes * crop->luma_x_step);
    advance(&ramps.luma_y, lanes * crop->luma_y_step);
    advance(&ramps.chroma_x, lanes * crop->chroma_x_step);
    advance(&ramps.chroma_y, lanes * crop->chroma_y_step);
  }
  if (column == end) { return; }
  // The last eight columns may overlap columns that are already filled. The same positions give the same values, so filling them again is
  // harmless.
  ramps = ramps_at(crop, end - lanes, 1);
  write_eight(crop, end - lanes, &ramps);
}

void sf_fill_crop_row_baseline(const struct sf_crop_row *crop, size_t first, size_t end) { fill(crop, first, end); }

#ifdef __x86_64__

__attribute__((target("avx2"))) static void fill_avx2(const struct sf_crop_row *crop, size_t first, size_t end) { fill(crop, first, end); }

void sf_fill_crop_row(const struct sf_crop_row *crop, size_t first, size_t end) {
  (__builtin_cpu_supports("avx2") ? fill_avx2 : sf_fill_crop_row_baseline)(crop, first, end);
}

#else

void sf_fill_crop_row(const struct sf_crop_row *crop, size_t first, size_t end) { fill(crop, first, end); }

#endif
