import CFFmpegLibraries

/// Owns an `AVFrame` and its references to the buffers in it.
struct FFmpegFrame: ~Copyable {
  let pointer: UnsafeMutablePointer<AVFrame>

  /// Allocates a frame without buffers. Nil when memory is short.
  init?() {
    guard let frame = av_frame_alloc() else { return nil }
    pointer = frame
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVFrame>? = pointer
    av_frame_free(&pointer)
  }
}
