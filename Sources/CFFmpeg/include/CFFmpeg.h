// The parts of FFmpeg that Swift cannot import (macros that build values, variadic functions) and those that differ between
// FFmpeg 5.1 and 8. Nothing else belongs here.
#ifndef SPLITFACE_CFFMPEG_H
#define SPLITFACE_CFFMPEG_H

#include "../../CFFmpegLibraries/libraries.h"

// Values of macros that Swift cannot import, because they are made by function-like macros or casts.
static const int sf_error_eof = AVERROR_EOF;
static const int sf_error_exit = AVERROR_EXIT;
static const int sf_error_again = AVERROR(EAGAIN);
static const int sf_error_invalid_data = AVERROR_INVALIDDATA;
static const int sf_error_access = AVERROR(EACCES);
static const int sf_error_no_space = AVERROR(ENOSPC);
static const int sf_error_no_memory = AVERROR(ENOMEM);
static const int sf_error_patch_welcome = AVERROR_PATCHWELCOME;
static const int64_t sf_no_timestamp = AV_NOPTS_VALUE;

/// Returns a frame's duration in units of its stream's time base, or 0 if it is unknown. The field was renamed in FFmpeg 6.
int64_t sf_frame_duration(const AVFrame *frame);
/// Returns whether the frame is interlaced. This is a flag since FFmpeg 6.1 and was a field before.
int sf_frame_is_interlaced(const AVFrame *frame);
/// Returns the stream's display matrix (nine 16.16 numbers), or null. It moved to the codec parameters in FFmpeg 6.1.
const int32_t *sf_stream_display_matrix(const AVStream *stream);
/// Returns the number of packets that the container's index lists for the stream, or 0 if there is no index.
int sf_stream_index_count(const AVStream *stream);
/// Returns the display matrix in the frame's side data, or null.
const int32_t *sf_frame_display_matrix(const AVFrame *frame);

/// A libswscale context behind an opaque pointer. libswscale's own structure is opaque before FFmpeg 8 and public since then, so Swift
/// would import it as different types.
typedef struct sf_scaler sf_scaler;

/// The format of an image that libswscale reads or writes.
typedef struct sf_image_format {
  int width, height;
  enum AVPixelFormat format;
  /// Non-zero if samples range from 0 to 255.
  int full_range;
  /// The matrix between RGB and YUV, one of libswscale's numbers `SWS_CS_…`.
  int matrix;
  /// The position of the first chroma sample in units of 1/256 of a luma sample, as in libswscale.
  int chroma_x, chroma_y;
} sf_image_format;

/// Creates a scaler, which must be freed with `sf_scaler_free`. Returns null if libswscale cannot convert between the formats.
sf_scaler *sf_scaler_create(sf_image_format source, sf_image_format target);
void sf_scaler_free(sf_scaler *scaler);
/// Converts a frame. Returns a negative status on failure.
int sf_scaler_run(sf_scaler *scaler, const AVFrame *source, uint8_t *const planes[4], const int strides[4]);

/// Redirects FFmpeg's messages from the terminal to a ring buffer. This is C because av_log takes a va_list, which a Swift callback cannot
/// format. Each message is tagged with an owner: the `opaque` of the codec or format context that it comes from, or else the owner to which
/// its thread was last bound.
void sf_log_install(void);
/// Binds the calling thread to an owner.
void sf_log_bind(uintptr_t owner);
/// Writes up to `limit` of the owner's newest messages to `text`, oldest first, one per line, and returns their number.
int sf_log_recent(uintptr_t owner, int limit, char *text, size_t size);

#endif
