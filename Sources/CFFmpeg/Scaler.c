#include <stdlib.h>

#include "CFFmpeg.h"

struct sf_scaler {
  struct SwsContext *context;
};

void sf_scaler_free(sf_scaler *scaler) {
  if (!scaler) return;
  sws_freeContext(scaler->context);
  free(scaler);
}

sf_scaler *sf_scaler_create(sf_image_format source, sf_image_format target) {
  sf_scaler *scaler = calloc(1, sizeof *scaler);
  if (!scaler) return NULL;
  struct SwsContext *context = scaler->context = sws_alloc_context();
  if (!context) goto failed;
  av_opt_set_int(context, "srcw", source.width, 0);
  av_opt_set_int(context, "srch", source.height, 0);
  av_opt_set_int(context, "src_format", source.format, 0);
  av_opt_set_int(context, "src_range", source.full_range != 0, 0);
  av_opt_set_int(context, "dstw", target.width, 0);
  av_opt_set_int(context, "dsth", target.height, 0);
  av_opt_set_int(context, "dst_format", target.format, 0);
  av_opt_set_int(context, "dst_range", target.full_range != 0, 0);
  av_opt_set_int(context, "src_h_chr_pos", source.chroma_x, 0);
  av_opt_set_int(context, "src_v_chr_pos", source.chroma_y, 0);
  av_opt_set_int(context, "dst_h_chr_pos", target.chroma_x, 0);
  av_opt_set_int(context, "dst_v_chr_pos", target.chroma_y, 0);
  av_opt_set_int(context, "sws_flags", SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP | SWS_BITEXACT, 0);
  if (sws_init_context(context, NULL, NULL) < 0) goto failed;
  // This follows the initialisation, which would otherwise override the range of grey formats.
  sws_setColorspaceDetails(
      context, sws_getCoefficients(source.matrix), source.full_range != 0, sws_getCoefficients(target.matrix),
      target.full_range != 0, 0, 1 << 16, 1 << 16);
  return scaler;
failed:
  sf_scaler_free(scaler);
  return NULL;
}

int sf_scaler_run(sf_scaler *scaler, const AVFrame *source, uint8_t *const planes[4], const int strides[4]) {
  return sws_scale(
      scaler->context, (const uint8_t *const *)source->data, source->linesize, 0, source->height, planes, strides);
}
