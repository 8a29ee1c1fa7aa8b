import CFFmpegLibraries

/// Owns a decoder's frame; the memory goes back to the decoder with the last reference.
final class DecodedFrame: @unchecked Sendable {  // The frame is not written to after decoding; references are atomic.
  let frame: UnsafeMutablePointer<AVFrame>

  init?() {
    guard let frame = av_frame_alloc() else { return nil }
    self.frame = frame
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVFrame>? = frame
    av_frame_free(&pointer)
  }
}
