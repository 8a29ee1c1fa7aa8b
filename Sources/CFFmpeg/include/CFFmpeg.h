// The parts of FFmpeg that Swift cannot import (macros that build values, variadic functions) and those that differ between
// FFmpeg 5.1 and 8. Nothing else belongs here.
#ifndef SPLITFACE_CFFMPEG_H
#define SPLITFACE_CFFMPEG_H

#include "../../CFFmpegLibraries/libraries.h"

// Values that function-like macros or casts make, which Swift's importer skips.
static const int sf_error_eof = AVERROR_EOF;
static const int sf_error_exit = AVERROR_EXIT;
static const int sf_error_again = AVERROR(EAGAIN);
static const int sf_error_invalid_data = AVERROR_INVALIDDATA;
static const int sf_error_access = AVERROR(EACCES);
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
/// The number of packets that the container's index lists for the stream; 0 when there is no index.
int sf_stream_index_count(const AVStream *stream);
/// The frame's display matrix side data, or null.
const int32_t *sf_frame_display_matrix(const AVFrame *frame);

/// A libswscale context behind an opaque pointer. libswscale's own structure is opaque before FFmpeg 8 and public since, which Swift
/// imports as two different types.
typedef struct sf_scaler sf_scaler;

/// The format of an image that libswscale reads or writes.
typedef struct sf_image_format {
  int width, height;
  enum AVPixelFormat format;
  /// Non-zero: samples range from 0 to 255.
  int full_range;
  /// SWS_CS_…
  int matrix;
  /// Position of the first chroma sample in 1/256 of a luma sample, as libswscale counts.
  int chroma_x, chroma_y;
} sf_image_format;

/// Creates a scaler, which `sf_scaler_free` frees. Null when libswscale cannot convert between the two formats.
sf_scaler *sf_scaler_create(sf_image_format source, sf_image_format target);
void sf_scaler_free(sf_scaler *scaler);
/// Converts a frame. Returns a negative status on failure.
int sf_scaler_run(sf_scaler *scaler, const AVFrame *source, uint8_t *const planes[4], const int strides[4]);

/// Redirects FFmpeg's messages from the terminal to a ring buffer. This is C because av_log takes a va_list, which a Swift callback
/// cannot format. Each message is tagged with an owner: the `opaque` of the codec or format context that it comes from, else the
/// owner that its thread was last bound to.
void sf_log_install(void);
/// Binds the calling thread to an owner.
void sf_log_bind(uintptr_t owner);
/// Writes up to `limit` of the owner's newest messages to `text`, oldest first, one per line, and returns their number.
int sf_log_recent(uintptr_t owner, int limit, char *text, size_t size);

#endif
