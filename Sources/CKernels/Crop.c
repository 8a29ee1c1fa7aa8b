#include <string.h>

#include "CKernels.h"

// Results are the same on every processor: nothing is fused that others would round twice.
#pragma STDC FP_CONTRACT OFF

typedef int32_t int32x4 __attribute__((vector_size(16)));
typedef int32_t int32x8 __attribute__((vector_size(32)));
typedef int64_t int64x4 __attribute__((vector_size(32)));
typedef uint16_t uint16x8 __attribute__((vector_size(16)));
typedef float float32x8 __attribute__((vector_size(32)));

#pragma clang diagnostic ignored "-Wpsabi"

enum { lanes = 8 };

#define INLINE static inline __attribute__((always_inline))

// Eight positions along one axis, 32.32.
struct ramp {
  int64x4 low, high;
};

struct places {
  int32_t offsets[lanes];
  float32x8 x, y;
};

INLINE struct ramp ramp_at(int64_t start, int64_t step, size_t index, int64_t pace) {
  const int64x4 order = {0, 1, 2, 3};
  int64x4 low = start + (int64_t)index * step + order * (step * pace);
  struct ramp ramp = {low, low + 4 * step * pace};
  return ramp;
}

INLINE int32x8 joined(int64x4 low, int64x4 high) {
  return __builtin_shufflevector(
      __builtin_convertvector(low, int32x4), __builtin_convertvector(high, int32x4), 0, 1, 2, 3, 4, 5, 6, 7);
}

INLINE int32x8 whole(struct ramp ramp) { return joined(ramp.low >> 32, ramp.high >> 32); }

// The upper 24 bits of the fractions: as many as a float holds.
INLINE float32x8 fraction(struct ramp ramp) {
  int32x8 bits = joined(ramp.low >> 8 & 0xFFFFFF, ramp.high >> 8 & 0xFFFFFF);
  return __builtin_convertvector(bits, float32x8) * 0x1p-24f;
}

INLINE struct places places_of(struct ramp x, struct ramp y, int32_t stride) {
  int32x8 offsets = whole(y) * stride + whole(x);
  struct places places = {.x = fraction(x), .y = fraction(y)};
  memcpy(places.offsets, &offsets, sizeof places.offsets);
  return places;
}

INLINE uint16_t pair(const uint8_t *first) {
  uint16_t bytes;
  memcpy(&bytes, first, sizeof bytes);
  return bytes;
}

INLINE float32x8 row(const uint8_t *base, const struct places *places) {
  const int32_t *at = places->offsets;
  uint16x8 pairs = {pair(base + at[0]), pair(base + at[1]), pair(base + at[2]), pair(base + at[3]),
                    pair(base + at[4]), pair(base + at[5]), pair(base + at[6]), pair(base + at[7])};
  float32x8 left = __builtin_convertvector(__builtin_convertvector(pairs & 0xFF, int32x8), float32x8);
  float32x8 right = __builtin_convertvector(__builtin_convertvector(pairs >> 8, int32x8), float32x8);
  return left + (right - left) * places->x;
}

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

// Eight pixels from `column` on; with a pace of 0, eight times the same.
INLINE struct colours colours_at(const struct sf_crop_row *crop, size_t column, int64_t pace) {
  struct places luma = places_of(
      ramp_at(crop->luma_x, crop->luma_x_step, column, pace), ramp_at(crop->luma_y, crop->luma_y_step, column, pace), crop->luma_stride);
  struct places chroma = places_of(
      ramp_at(crop->chroma_x, crop->chroma_x_step, column, pace), ramp_at(crop->chroma_y, crop->chroma_y_step, column, pace),
      crop->chroma_stride);
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

INLINE void fill(const struct sf_crop_row *crop, size_t first, size_t end) {
  if (end - first < lanes) {
    for (size_t column = first; column < end; column++) {
      struct colours colours = colours_at(crop, column, 0);
      for (int plane = 0; plane < 3; plane++) { crop->planes[plane][column] = colours.planes[plane][0]; }
    }
    return;
  }
  for (size_t column = first; column < end; column += lanes) {
    // The last eight overlap what is done: the same positions give the same values.
    size_t start = column + lanes <= end ? column : end - lanes;
    struct colours colours = colours_at(crop, start, 1);
    for (int plane = 0; plane < 3; plane++) { memcpy(crop->planes[plane] + start, &colours.planes[plane], sizeof(float32x8)); }
  }
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
