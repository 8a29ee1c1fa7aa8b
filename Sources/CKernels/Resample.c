#include <stdbool.h>

#include "CKernels.h"
#include "Positions.h"
#include "ResampleWide.h"
#include "Vectors.h"

// Sixteen lanes, two for each position.
typedef uint32_t uint32x16 __attribute__((vector_size(64)));
typedef uint16_t uint16x16 __attribute__((vector_size(32)));
typedef uint8_t uint8x8 __attribute__((vector_size(8)));
typedef uint8_t uint8x16 __attribute__((vector_size(16)));

// Returns eight samples, each followed by its right neighbour.
INLINE uint16x16 pairs(const uint8_t *base, const int32_t *offsets) {
  return __builtin_convertvector((uint8x16)eight_pairs(base, offsets), uint16x16);
}

struct weights {
  // The weights of the upper and of the lower row. Each occurs twice per position.
  uint16x16 upper, lower;
  // The weights of the left and the right neighbour, alternating.
  uint16x16 sides;
};

// Returns the weights for positions in 16.16.
INLINE struct weights weights_of(int32x8 x, int32x8 y) {
  uint32x8 right = (uint32x8)x & 0xFFFF;
  // Rounded to 0…256.
  uint32x8 lower = ((((uint32x8)y & 0xFFFF) >> 1) + 64) >> 7;
  lower |= lower << 16;
  struct weights weights = {(uint16x16)(0x01000100 - lower), (uint16x16)lower, (uint16x16)(right << 16 | (right ^ 0xFFFF))};
  return weights;
}

INLINE uint8x8 mix(const uint8_t *base, ptrdiff_t stride, const int32_t *offsets, const struct weights *weights) {
  uint16x16 columns = pairs(base, offsets) * weights->upper + pairs(base + stride, offsets) * weights->lower;
  uint32x16 products = __builtin_convertvector(columns, uint32x16) * __builtin_convertvector(weights->sides, uint32x16);
  uint32x8 halves = (uint32x8) __builtin_convertvector(products >> 16, uint16x16);
  // 129 is half a grey level (128), plus 1 for the average loss by truncating both products.
  uint32x8 sum = (halves & 0xFFFF) + (halves >> 16) + 129;
  return __builtin_convertvector(sum >> 8, uint8x8);
}

INLINE int32x8 clamp(int32x8 values, int32_t last) {
  int32x8 zero = {0};
  return __builtin_elementwise_min(__builtin_elementwise_max(values, zero), zero + last);
}

INLINE void resample(
    const struct sf_line *line, const uint8_t *const sources[2], uint8_t *const targets[2], int planes, size_t count) {
  const int32x8 ramp = {0, 1, 2, 3, 4, 5, 6, 7};
  const int32_t x_step = sf_narrow_step(line->x_step);
  const int32_t y_step = sf_narrow_step(line->y_step);
  for (size_t done = 0; done < count; done += lanes) {
    // A run of sixteen positions consists of two vectors, so every second vector continues the run of the vector before it.
    const int64_t start = (int64_t)(done / sf_run * sf_run);
    const int32_t ahead = (int32_t)(done % sf_run);
    int32x8 xs = clamp((ramp + ahead) * x_step + sf_narrow(line->x + start * line->x_step, line->last_x), line->last_x);
    int32x8 ys = clamp((ramp + ahead) * y_step + sf_narrow(line->y + start * line->y_step, line->last_y), line->last_y);
    int32x8 places = (ys >> 16) * line->stride + (xs >> 16);
    int32_t offsets[lanes];
    memcpy(offsets, &places, sizeof offsets);
    struct weights weights = weights_of(xs, ys);
    for (int plane = 0; plane < planes; plane++) {
      uint8x8 bytes = mix(sources[plane], line->stride, offsets, &weights);
      if (count - done >= lanes) {
        memcpy(targets[plane] + done, &bytes, lanes);
      } else {
        memcpy(targets[plane] + done, &bytes, count - done);
      }
    }
  }
}

void sf_resample_baseline(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count) {
  resample(line, (const uint8_t *[2]){source, NULL}, (uint8_t *[2]){target, NULL}, 1, count);
}

static void two_baseline(
    const struct sf_line *line, const uint8_t *const sources[2], uint8_t *const targets[2], size_t count) {
  resample(line, sources, targets, 2, count);
}

#ifdef __x86_64__

// AVX2 is much faster than SSE2, which has neither a 32-bit vector multiplication nor a 32-bit minimum.
__attribute__((target("avx2"))) static void one_avx2(
    const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count) {
  resample(line, (const uint8_t *[2]){source, NULL}, (uint8_t *[2]){target, NULL}, 1, count);
}

__attribute__((target("avx2"))) static void two_avx2(
    const struct sf_line *line, const uint8_t *const sources[2], uint8_t *const targets[2], size_t count) {
  resample(line, sources, targets, 2, count);
}

static void one_wide(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count) {
  if (!sf_resample_wide_one(line, source, target, count)) { one_avx2(line, source, target, count); }
}

static void two_wide(const struct sf_line *line, const uint8_t *const sources[2], uint8_t *const targets[2], size_t count) {
  if (!sf_resample_wide_two(line, sources, targets, count)) { two_avx2(line, sources, targets, count); }
}

typedef void (*one_function)(const struct sf_line *, const uint8_t *, uint8_t *, size_t);
typedef void (*two_function)(const struct sf_line *, const uint8_t *const[2], uint8_t *const[2], size_t);

static one_function widest_one(void) {
  return sf_has_wide_vectors() ? one_wide : __builtin_cpu_supports("avx2") ? one_avx2 : sf_resample_baseline;
}

static two_function widest_two(void) {
  return sf_has_wide_vectors() ? two_wide : __builtin_cpu_supports("avx2") ? two_avx2 : two_baseline;
}

void sf_resample_avx2(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count) {
  (__builtin_cpu_supports("avx2") ? one_avx2 : sf_resample_baseline)(line, source, target, count);
}

#else

#define widest_one() sf_resample_baseline
#define widest_two() two_baseline

void sf_resample_avx2(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count) {
  sf_resample_baseline(line, source, target, count);
}

#endif

void sf_resample(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count) {
  widest_one()(line, source, target, count);
}

void sf_resample_two(
    const struct sf_line *line, const uint8_t *first_source, const uint8_t *second_source, uint8_t *first_target,
    uint8_t *second_target, size_t count) {
  const uint8_t *const sources[2] = {first_source, second_source};
  uint8_t *const targets[2] = {first_target, second_target};
  widest_two()(line, sources, targets, count);
}
