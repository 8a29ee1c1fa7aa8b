#include "ResampleWide.h"

#ifdef __x86_64__

#include <immintrin.h>

#include "Fetch.h"
#include "Positions.h"

// The instruction sets that the functions below use. A processor with byte permutations (VBMI) has the other sets too.
#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi")))
#define INLINE static inline __attribute__((always_inline))

bool sf_has_wide_vectors(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vbmi");
}

// The part of a plane that contains sixteen positions and all their neighbours: 128 or 256 bytes, row by row. The flat box suits lines that
// rise by up to 7.6 degrees. The mirror images of rows do, if the face is upright to within 3.8 degrees.
struct box {
  int columns, rows;
};

static const struct box flat = {32, 4}, broad = {32, 8}, square = {16, 16};

INLINE int32_t magnitude(int32_t value) { return value < 0 ? -value : value; }

// Returns whether every run of the line fits into the box, wherever its positions lie on the grid, including at the plane's border.
INLINE bool fits(struct box box, const struct sf_line *line) {
  return (sf_run - 1) * (int64_t)magnitude(sf_narrow_step(line->x_step)) <= (int64_t)(box.columns - 2) << 16 &&
         (sf_run - 1) * (int64_t)magnitude(sf_narrow_step(line->y_step)) <= (int64_t)(box.rows - 2) << 16 &&
         (line->last_x >> 16) + 2 >= box.columns && (line->last_y >> 16) + 2 >= box.rows;
}

// Returns the first column (or row) of a box that contains the positions from `start` to `start + across` and their right (or lower)
// neighbours. The whole box lies in the plane.
INLINE int32_t corner(int32_t start, int32_t across, int32_t last, int size) {
  int32_t first = (across < 0 ? start + across : start) >> 16;
  int32_t limit = (last >> 16) + 2 - size;
  return first < 0 ? 0 : first > limit ? limit : first;
}

// Loads 64 bytes of a box, starting with the row at `from`.
WIDE INLINE __m512i quarter(const uint8_t *from, ptrdiff_t stride, struct box box) {
  if (box.columns == 32) {
    __m512i rows = _mm512_castsi256_si512(_mm256_loadu_si256((const __m256i *)from));
    return _mm512_inserti64x4(rows, _mm256_loadu_si256((const __m256i *)(from + stride)), 1);
  }
  __m512i rows = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)from));
  rows = _mm512_mask_broadcast_i32x4(rows, 0x00F0, _mm_loadu_si128((const __m128i *)(from + stride)));
  rows = _mm512_mask_broadcast_i32x4(rows, 0x0F00, _mm_loadu_si128((const __m128i *)(from + 2 * stride)));
  return _mm512_mask_broadcast_i32x4(rows, 0xF000, _mm_loadu_si128((const __m128i *)(from + 3 * stride)));
}

// Selects the bytes of a box whose indices are in `places`.
WIDE INLINE __m512i pick(const uint8_t *from, ptrdiff_t stride, struct box box, __m512i places) {
  const ptrdiff_t step = stride * (64 / box.columns);
  __m512i upper = _mm512_permutex2var_epi8(quarter(from, stride, box), places, quarter(from + step, stride, box));
  if (box.columns * box.rows == 128) { return upper; }
  __m512i lower = _mm512_permutex2var_epi8(quarter(from + 2 * step, stride, box), places, quarter(from + 3 * step, stride, box));
  return _mm512_mask_mov_epi8(upper, _mm512_movepi8_mask(places), lower);
}

WIDE INLINE void resample(
    const struct sf_line *line, const uint8_t *const sources[2], uint8_t *const targets[2], int planes, size_t count, struct box box) {
  const int32_t x_step = sf_narrow_step(line->x_step), y_step = sf_narrow_step(line->y_step);
  const __m512i order = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const __m512i x_ramp = _mm512_mullo_epi32(order, _mm512_set1_epi32(x_step));
  const __m512i y_ramp = _mm512_mullo_epi32(order, _mm512_set1_epi32(y_step));
  const __m512i zero = _mm512_setzero_si512();
  const __m512i last_x = _mm512_set1_epi32(line->last_x), last_y = _mm512_set1_epi32(line->last_y);
  const __m512i low_halves = _mm512_set1_epi32(0xFFFF), even_bytes = _mm512_set1_epi16(0xFF);
  const unsigned row_shift = box.columns == 32 ? 5 : 4;
  // Shuffles within each 32 bits. `first_byte` repeats the first byte four times, `first_half` the first two bytes twice.
  const __m512i first_byte = _mm512_broadcast_i32x4(_mm_setr_epi8(0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12));
  const __m512i first_half = _mm512_broadcast_i32x4(_mm_setr_epi8(0, 1, 0, 1, 4, 5, 4, 5, 8, 9, 8, 9, 12, 13, 12, 13));
  // The offsets, in a box, from a position to its four samples: itself, below, to the right, below right.
  const __m512i neighbours = _mm512_set1_epi32(box.columns << 8 | 1 << 16 | (box.columns + 1) << 24);
  // Selects the second byte of each 32 bits.
  const __m512i second_bytes = _mm512_castsi128_si512(_mm_setr_epi8(1, 5, 9, 13, 17, 21, 25, 29, 33, 37, 41, 45, 49, 53, 57, 61));
  const ptrdiff_t stride = line->stride;
  int64_t x = line->x, y = line->y;
  for (size_t done = 0; done < count; done += sf_run) {
    const int32_t x0 = sf_narrow(x, line->last_x), y0 = sf_narrow(y, line->last_y);
    const int32_t left = corner(x0, (sf_run - 1) * x_step, line->last_x, box.columns);
    const int32_t top = corner(y0, (sf_run - 1) * y_step, line->last_y, box.rows);
    __m512i xs = _mm512_add_epi32(x_ramp, _mm512_set1_epi32(x0));
    __m512i ys = _mm512_add_epi32(y_ramp, _mm512_set1_epi32(y0));
    xs = _mm512_min_epi32(_mm512_max_epi32(xs, zero), last_x);
    ys = _mm512_min_epi32(_mm512_max_epi32(ys, zero), last_y);
    __m512i places = _mm512_add_epi32(_mm512_slli_epi32(_mm512_srai_epi32(ys, 16), row_shift), _mm512_srai_epi32(xs, 16));
    places = _mm512_sub_epi32(places, _mm512_set1_epi32(top * box.columns + left));
    places = _mm512_add_epi8(_mm512_shuffle_epi8(places, first_byte), neighbours);

    // The rest does the same as `resample` in Resample.c. The mean with 127, which is rounded up, equals (fraction + 128) / 2, rounded
    // down.
    __m512i lower = _mm512_srli_epi16(_mm512_avg_epu16(_mm512_shuffle_epi8(ys, first_half), _mm512_set1_epi16(127)), 7);
    // The right neighbour's weight in the upper half, the left one's in the lower half: xs << 16 | (~xs & 0xFFFF).
    __m512i sides = _mm512_ternarylogic_epi32(_mm512_slli_epi32(xs, 16), xs, low_halves, 0xF2);
    const ptrdiff_t from = top * stride + left;
    for (int plane = 0; plane < planes; plane++) {
      // Prefetch a row that a later row of the target will read. The processor's own prefetcher does not predict lines that run down the
      // image, which then mostly wait for memory. The two ends of the row may lie in two cache lines.
      const ptrdiff_t ahead = from + (box.rows + 1) * stride;
      sf_fetch(sources[plane], (uintptr_t)ahead);
      sf_fetch(sources[plane], (uintptr_t)(ahead + box.columns - 1));
      __m512i bytes = pick(sources[plane] + from, stride, box, places);
      // above · 256 + (under − above) · lower, modulo 65536, equals above · (256 − lower) + under · lower.
      __m512i slope = _mm512_sub_epi16(_mm512_srli_epi16(bytes, 8), _mm512_and_si512(bytes, even_bytes));
      __m512i mixed = _mm512_add_epi16(_mm512_slli_epi16(bytes, 8), _mm512_mullo_epi16(slope, lower));
      __m512i halves = _mm512_mulhi_epu16(mixed, sides);
      __m512i sum = _mm512_add_epi16(_mm512_add_epi16(halves, _mm512_srli_epi32(halves, 16)), _mm512_set1_epi16(129));
      __m128i samples = _mm512_castsi512_si128(_mm512_permutexvar_epi8(second_bytes, sum));
      // A full store is faster than a masked one.
      if (count - done >= sf_run) {
        _mm_storeu_si128((__m128i *)(targets[plane] + done), samples);
      } else {
        _mm_mask_storeu_epi8(targets[plane] + done, (__mmask16)((1U << (count - done)) - 1), samples);
      }
    }
    x += sf_run * line->x_step;
    y += sf_run * line->y_step;
  }
}

WIDE INLINE bool resample_boxed(
    const struct sf_line *line, const uint8_t *const sources[2], uint8_t *const targets[2], int planes, size_t count) {
  if (fits(flat, line)) {
    resample(line, sources, targets, planes, count, flat);
  } else if (fits(broad, line)) {
    resample(line, sources, targets, planes, count, broad);
  } else if (fits(square, line)) {
    resample(line, sources, targets, planes, count, square);
  } else {
    return false;
  }
  return true;
}

WIDE bool sf_resample_wide_one(const struct sf_line *line, const uint8_t *source, uint8_t *target, size_t count) {
  return resample_boxed(line, (const uint8_t *[2]){source, NULL}, (uint8_t *[2]){target, NULL}, 1, count);
}

WIDE bool sf_resample_wide_two(const struct sf_line *line, const uint8_t *const sources[2], uint8_t *const targets[2], size_t count) {
  return resample_boxed(line, sources, targets, 2, count);
}

#endif
