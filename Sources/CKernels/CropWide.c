#include "CropWide.h"

#ifdef __x86_64__

#include <immintrin.h>

// As in Crop.c: nothing is fused that others would round twice.
#pragma STDC FP_CONTRACT OFF

#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi")))
#define INLINE static inline __attribute__((always_inline))

enum { wide_lanes = 16, stretch = 64 };

INLINE bool fits(int64_t step) {
  const int64_t widest = (int64_t)(stretch - 3) << 32;
  return (wide_lanes - 1) * (step < 0 ? -step : step) <= widest;
}

// Sixteen positions along a row of a plane: where their left neighbours lie in the stretch that holds them all, and how far beyond
// those they lie.
struct stops {
  int32_t first;
  __mmask64 needed;
  // In 32 bits each: the left neighbour, the right one, and the two below them, which lie in a second stretch.
  __m512i neighbours;
  __m512 fractions;
};

WIDE INLINE struct stops stops_at(int64_t start, int64_t step) {
  const __m512i order = _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7);
  const int64_t last = start + (wide_lanes - 1) * step;
  const int32_t first = (int32_t)((step < 0 ? last : start) >> 32);
  const int32_t length = (int32_t)((step < 0 ? start : last) >> 32) + 2 - first;
  __m512i low = _mm512_add_epi64(_mm512_set1_epi64(start), _mm512_mullox_epi64(order, _mm512_set1_epi64(step)));
  __m512i high = _mm512_add_epi64(low, _mm512_set1_epi64(wide_lanes / 2 * step));
  const __m512i even = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  const __m512i odd = _mm512_setr_epi32(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
  __m512i whole = _mm512_sub_epi32(_mm512_permutex2var_epi32(low, odd, high), _mm512_set1_epi32(first));
  // The upper 24 bits of the fractions: as many as a float holds.
  __m512i bits = _mm512_srli_epi32(_mm512_permutex2var_epi32(low, even, high), 8);
  const __m512i first_byte = _mm512_broadcast_i32x4(_mm_setr_epi8(0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12));
  const __m512i beside = _mm512_set1_epi32(1 << 8 | stretch << 16 | (stretch + 1) << 24);
  struct stops stops = {
      .first = first,
      .needed = _cvtu64_mask64(~(uint64_t)0 >> (stretch - length)),
      .neighbours = _mm512_add_epi8(_mm512_shuffle_epi8(whole, first_byte), beside),
      .fractions = _mm512_cvtepi32_ps(bits) * _mm512_set1_ps(0x1p-24f)};
  return stops;
}

WIDE INLINE __m512 byte(__m512i bytes, int index) {
  return _mm512_cvtepi32_ps(_mm512_and_si512(_mm512_srli_epi32(bytes, (unsigned)(8 * index)), _mm512_set1_epi32(0xFF)));
}

// - ahead: bytes to the rows that a later row of the crop comes to, which are asked for now.
WIDE INLINE __m512 mix(const uint8_t *row, ptrdiff_t stride, const struct stops *stops, __m512 below, ptrdiff_t ahead) {
  _mm_prefetch((const char *)row + stops->first + ahead, _MM_HINT_T0);
  _mm_prefetch((const char *)row + stops->first + ahead + stride, _MM_HINT_T0);
  // What the mask leaves out is not touched: it may lie outside the plane.
  __m512i upper_row = _mm512_maskz_loadu_epi8(stops->needed, row + stops->first);
  __m512i lower_row = _mm512_maskz_loadu_epi8(stops->needed, row + stride + stops->first);
  __m512i bytes = _mm512_permutex2var_epi8(upper_row, stops->neighbours, lower_row);
  __m512 upper = byte(bytes, 0) + (byte(bytes, 1) - byte(bytes, 0)) * stops->fractions;
  __m512 lower = byte(bytes, 2) + (byte(bytes, 3) - byte(bytes, 2)) * stops->fractions;
  return upper + (lower - upper) * below;
}

WIDE INLINE __m512 normalised(const struct sf_crop_row *crop, int channel, __m512 value) {
  __m512 clipped = _mm512_min_ps(_mm512_max_ps(value, _mm512_setzero_ps()), _mm512_set1_ps(255));
  return clipped * _mm512_set1_ps(crop->scale[channel]) + _mm512_set1_ps(crop->bias[channel]);
}

// How far below a row a position lies.
WIDE INLINE __m512 fraction(int64_t position) { return _mm512_set1_ps((float)((uint32_t)position >> 8) * 0x1p-24f); }

INLINE ptrdiff_t rows_of(int64_t step) { return ((step < 0 ? -step : step) >> 32) + 1; }

// Crop.c's `colours_at` for sixteen columns.
WIDE INLINE void write_sixteen(const struct sf_crop_row *crop, size_t column) {
  const int64_t index = (int64_t)column;
  const struct stops luma = stops_at(crop->luma_x + index * crop->luma_x_step, crop->luma_x_step);
  const struct stops chroma = stops_at(crop->chroma_x + index * crop->chroma_x_step, crop->chroma_x_step);
  const ptrdiff_t luma_row = (crop->luma_y >> 32) * crop->luma_stride, chroma_row = (crop->chroma_y >> 32) * crop->chroma_stride;
  const __m512 luma_below = fraction(crop->luma_y), chroma_below = fraction(crop->chroma_y);
  // A crop's rows are about as far apart as its columns.
  const ptrdiff_t luma_ahead = 2 * rows_of(crop->luma_x_step) * crop->luma_stride;
  const ptrdiff_t chroma_ahead = 2 * rows_of(crop->chroma_x_step) * crop->chroma_stride;
  __m512 y = mix(crop->y + luma_row, crop->luma_stride, &luma, luma_below, luma_ahead) * _mm512_set1_ps(crop->luma_scale);
  __m512 u = mix(crop->u + chroma_row, crop->chroma_stride, &chroma, chroma_below, chroma_ahead);
  __m512 v = mix(crop->v + chroma_row, crop->chroma_stride, &chroma, chroma_below, chroma_ahead);
  __m512 red = y + v * _mm512_set1_ps(crop->red_from_v) + _mm512_set1_ps(crop->red_bias);
  __m512 green = y + u * _mm512_set1_ps(crop->green_from_u) + v * _mm512_set1_ps(crop->green_from_v) + _mm512_set1_ps(crop->green_bias);
  __m512 blue = y + u * _mm512_set1_ps(crop->blue_from_u) + _mm512_set1_ps(crop->blue_bias);
  _mm512_storeu_ps(crop->planes[0] + column, normalised(crop, 0, red));
  _mm512_storeu_ps(crop->planes[1] + column, normalised(crop, 1, green));
  _mm512_storeu_ps(crop->planes[2] + column, normalised(crop, 2, blue));
}

WIDE bool sf_fill_crop_row_wide(const struct sf_crop_row *crop, size_t first, size_t end) {
  const bool is_level = crop->luma_y_step == 0 && crop->chroma_y_step == 0;
  if (!is_level || !fits(crop->luma_x_step) || !fits(crop->chroma_x_step) || end < first + wide_lanes) { return false; }
  size_t column = first;
  for (; column + wide_lanes <= end; column += wide_lanes) { write_sixteen(crop, column); }
  // The last sixteen overlap what is done: the same positions give the same values.
  if (column < end) { write_sixteen(crop, end - wide_lanes); }
  return true;
}

#endif
