#include "ResampleWide.h"

#ifdef __x86_64__

#include <immintrin.h>

// What the functions below use. Processors with byte permutations (VBMI) have the rest.
#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi")))
#define INLINE static inline __attribute__((always_inline))

enum {
  // Positions that start from an exact one, as everywhere.
  lanes = 8,
  // What two tables of 64 bytes hold: the part of a plane in which eight positions and all their neighbours lie.
  box_columns = 16,
  box_rows = 8,
};

bool sf_has_wide_vectors(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vbmi");
}

// The indices of 0 ..< count whose positions start + i · step lie in low ... high.
static void narrow(int64_t start, int64_t step, int64_t low, int64_t high, int64_t *first, int64_t *end) {
  if (low > high || (step == 0 && (start < low || start > high))) {
    *end = *first;
    return;
  }
  if (step == 0) { return; }
  int64_t enter = step > 0 ? low - start : start - high;
  int64_t leave = step > 0 ? high - start : start - low;
  int64_t pace = step > 0 ? step : -step;
  int64_t from = enter > 0 ? (enter + pace - 1) / pace : 0;
  int64_t to = leave < 0 ? 0 : leave / pace + 1;
  if (from > *first) { *first = from; }
  if (to < *end) { *end = to; }
}

WIDE INLINE __m512i four_rows(const uint8_t *corner, ptrdiff_t stride) {
  __m512i rows = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)corner));
  rows = _mm512_mask_broadcast_i32x4(rows, 0x00F0, _mm_loadu_si128((const __m128i *)(corner + stride)));
  rows = _mm512_mask_broadcast_i32x4(rows, 0x0F00, _mm_loadu_si128((const __m128i *)(corner + 2 * stride)));
  return _mm512_mask_broadcast_i32x4(rows, 0xF000, _mm_loadu_si128((const __m128i *)(corner + 3 * stride)));
}

// Eight pairs of neighbours in the row of each position, then eight in the row below it. `places` are bytes in the box, each twice.
WIDE INLINE __m256i neighbours(const uint8_t *corner, ptrdiff_t stride, __m128i places) {
  __m128i upper = _mm_add_epi8(places, _mm_set1_epi16(0x0100));
  __m256i all = _mm256_inserti128_si256(_mm256_castsi128_si256(upper), _mm_add_epi8(upper, _mm_set1_epi8(box_columns)), 1);
  return _mm512_castsi512_si256(_mm512_permutex2var_epi8(
      four_rows(corner, stride), _mm512_castsi256_si512(all), four_rows(corner + 4 * stride, stride)));
}

WIDE INLINE size_t resample(
    const struct sf_line *line, const uint8_t *const sources[2], uint8_t *const targets[2], int planes, size_t count, size_t *until) {
  const int32_t x_step = (int32_t)((line->x_step + 32768) >> 16);
  const int32_t y_step = (int32_t)((line->y_step + 32768) >> 16);
  const int32_t columns = (line->last_x >> 16) + 2, rows = (line->last_y >> 16) + 2;
  const int64_t one = (int64_t)1 << 32;
  int64_t first = 0, end = (int64_t)count;
  // Eight positions must fit the box however they lie on the grid.
  const int32_t widest = (box_columns - 2) << 16, highest = (box_rows - 2) << 16;
  const bool fits = 7 * (x_step < 0 ? -x_step : x_step) <= widest && 7 * (y_step < 0 ? -y_step : y_step) <= highest;
  // A sample's distance from the border makes up for positions that are rounded within eight.
  if (fits) {
    narrow(line->x, line->x_step, one, (columns - box_columns) * one, &first, &end);
    narrow(line->y, line->y_step, one, (rows - box_rows) * one, &first, &end);
  }
  first = (first + lanes - 1) / lanes * lanes;
  if (!fits || end - first < 2 * lanes) {
    *until = 0;
    return 0;
  }

  const __m512i order = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7);
  const __m512i x_ramp = _mm512_mullo_epi32(order, _mm512_set1_epi32(x_step));
  const __m512i y_ramp = _mm512_mullo_epi32(order, _mm512_set1_epi32(y_step));
  const __m512i low = _mm512_set1_epi32(0xFFFF);
  // From the first of eight positions to the box's corner.
  const int32_t to_left = x_step < 0 ? 7 * x_step : 0, to_top = y_step < 0 ? 7 * y_step : 0;
  const ptrdiff_t stride = line->stride;
  int64_t x = line->x + first * line->x_step, y = line->y + first * line->y_step;
  const int64_t x_next = lanes * line->x_step, y_next = lanes * line->y_step;
  size_t done = (size_t)first;
  for (; done + 2 * lanes <= (size_t)end; done += 2 * lanes) {
    const int32_t x0 = (int32_t)(x >> 16), x1 = (int32_t)((x + x_next) >> 16);
    const int32_t y0 = (int32_t)(y >> 16), y1 = (int32_t)((y + y_next) >> 16);
    const int32_t left0 = (x0 + to_left) >> 16, left1 = (x1 + to_left) >> 16;
    const int32_t top0 = (y0 + to_top) >> 16, top1 = (y1 + to_top) >> 16;
    __m512i xs = _mm512_add_epi32(x_ramp, _mm512_inserti64x4(_mm512_set1_epi32(x0), _mm256_set1_epi32(x1), 1));
    __m512i ys = _mm512_add_epi32(y_ramp, _mm512_inserti64x4(_mm512_set1_epi32(y0), _mm256_set1_epi32(y1), 1));
    __m512i corners = _mm512_inserti64x4(
        _mm512_set1_epi32(top0 * box_columns + left0), _mm256_set1_epi32(top1 * box_columns + left1), 1);
    __m512i places = _mm512_add_epi32(_mm512_slli_epi32(_mm512_srai_epi32(ys, 16), 4), _mm512_srai_epi32(xs, 16));
    __m128i bytes = _mm512_cvtepi32_epi8(_mm512_sub_epi32(places, corners));
    __m128i bytes0 = _mm_unpacklo_epi8(bytes, bytes), bytes1 = _mm_unpackhi_epi8(bytes, bytes);

    // The rest is what `resample` in Resample.c does.
    __m512i right = _mm512_and_si512(xs, low);
    __m512i below = _mm512_srli_epi32(
        _mm512_add_epi32(_mm512_srli_epi32(_mm512_and_si512(ys, low), 1), _mm512_set1_epi32(64)), 7);
    __m512i lower = _mm512_or_si512(below, _mm512_slli_epi32(below, 16));
    __m512i upper = _mm512_sub_epi32(_mm512_set1_epi32(0x01000100), lower);
    __m512i sides = _mm512_or_si512(_mm512_slli_epi32(right, 16), _mm512_xor_si512(right, low));
    for (int plane = 0; plane < planes; plane++) {
      __m256i pairs0 = neighbours(sources[plane] + top0 * stride + left0, stride, bytes0);
      __m256i pairs1 = neighbours(sources[plane] + top1 * stride + left1, stride, bytes1);
      __m512i above = _mm512_cvtepu8_epi16(_mm256_permute2x128_si256(pairs0, pairs1, 0x20));
      __m512i under = _mm512_cvtepu8_epi16(_mm256_permute2x128_si256(pairs0, pairs1, 0x31));
      __m512i mixed = _mm512_add_epi16(_mm512_mullo_epi16(above, upper), _mm512_mullo_epi16(under, lower));
      __m512i halves = _mm512_mulhi_epu16(mixed, sides);
      __m512i sum = _mm512_add_epi32(
          _mm512_add_epi32(_mm512_and_si512(halves, low), _mm512_srli_epi32(halves, 16)), _mm512_set1_epi32(129));
      _mm_storeu_si128((__m128i *)(targets[plane] + done), _mm512_cvtepi32_epi8(_mm512_srli_epi32(sum, 8)));
    }
    x += 2 * x_next;
    y += 2 * y_next;
  }
  *until = done;
  return (size_t)first;
}

WIDE size_t sf_resample_wide_one(
    const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count, size_t *until) {
  return resample(line, (const uint8_t *[2]){source, NULL}, (uint8_t *[2]){target, NULL}, 1, count, until);
}

WIDE size_t sf_resample_wide_two(
    const struct sf_line *line, const uint8_t *const sources[2], uint8_t *const targets[2], size_t count, size_t *until) {
  return resample(line, sources, targets, 2, count, until);
}

#endif
