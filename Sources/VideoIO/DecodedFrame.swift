import CFFmpegLibraries

/// A decoded frame that images share; the last reference returns its memory to the decoder.
final class DecodedFrame: @unchecked Sendable {  // The frame is not written to after decoding.
  let frame: FFmpegFrame

  init(_ frame: consuming FFmpegFrame) { self.frame = frame }
}
