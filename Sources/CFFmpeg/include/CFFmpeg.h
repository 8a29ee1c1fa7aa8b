// What Swift cannot see of FFmpeg (macros that build values, variadic functions) and what differs between FFmpeg 5.1 and 8.
// Nothing else belongs here.
#ifndef SPLITFACE_CFFMPEG_H
#define SPLITFACE_CFFMPEG_H

#include "../../CFFmpegLibraries/libraries.h"

// Values made by function-like macros or casts, which the importer skips.
static const int sf_error_eof = AVERROR_EOF;
static const int sf_error_exit = AVERROR_EXIT;
static const int sf_error_again = AVERROR(EAGAIN);
static const int sf_error_invalid_data = AVERROR_INVALIDDATA;
static const int sf_error_access = AVERROR(EACCES);
static const int sf_error_io = AVERROR(EIO);
static const int sf_error_no_space = AVERROR(ENOSPC);
static const int sf_error_no_memory = AVERROR(ENOMEM);
static const int sf_error_patch_welcome = AVERROR_PATCHWELCOME;
static const int64_t sf_no_timestamp = AV_NOPTS_VALUE;

/// A frame's duration in its stream's time base, 0 when unknown: the field was renamed in FFmpeg 6.
int64_t sf_frame_duration(const AVFrame *frame);
/// Whether the frame is interlaced: a flag since FFmpeg 6.1, a field before.
int sf_frame_is_interlaced(const AVFrame *frame);
/// The stream's display matrix (nine 16.16 numbers) or null: it moved to the codec parameters in FFmpeg 6.1.
const int32_t *sf_stream_display_matrix(const AVStream *stream);
/// How many packets the container's index lists for the stream; 0 when it has none.
int sf_stream_index_count(const AVStream *stream);
/// The frame's display matrix side data, or null.
const int32_t *sf_frame_display_matrix(const AVFrame *frame);

/// libswscale behind a pointer: its context is opaque before FFmpeg 8 and a public structure since, which Swift imports as
/// two different types.
typedef struct sf_scaler sf_scaler;

typedef struct sf_picture {
  int width, height;
  enum AVPixelFormat format;
  /// Non-zero: 0…255.
  int full_range;
  /// SWS_CS_…
  int matrix;
  /// Position of the first chroma sample in 1/256 of a luma sample, as libswscale counts.
  int chroma_x, chroma_y;
} sf_picture;

/// Null when libswscale cannot convert between the two.
sf_scaler *sf_scaler_create(sf_picture source, sf_picture target);
void sf_scaler_free(sf_scaler *scaler);
/// Negative on failure.
int sf_scaler_run(sf_scaler *scaler, const AVFrame *source, uint8_t *const planes[4], const int strides[4]);

/// Makes FFmpeg's messages go to a small ring instead of the terminal. Messages are tagged with an owner: the `opaque` of the
/// codec or format context they come from, else what the calling thread was last bound to. av_log takes a va_list, which a
/// Swift callback cannot format.
void sf_log_install(void);
void sf_log_bind(uintptr_t owner);
/// Writes the newest messages of the owner, oldest first, a line each, and returns how many there were.
int sf_log_recent(uintptr_t owner, int limit, char *text, size_t size);

#endif
