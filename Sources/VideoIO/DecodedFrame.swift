import CFFmpegLibraries

/// A decoded frame whose memory is shared by images. The memory returns to the decoder when the last reference is released.
final class DecodedFrame: @unchecked Sendable {  // The frame is not written to after decoding.
  let frame: FFmpegFrame

  init(_ frame: consuming FFmpegFrame) { self.frame = frame }
}
