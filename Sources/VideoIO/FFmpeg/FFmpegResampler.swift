import CFFmpegLibraries

/// Owns a libswresample context, which takes its source and target formats from the first frames that it converts.
struct FFmpegResampler: ~Copyable {
  private let pointer: OpaquePointer

  /// Allocates a resampler. Nil when memory is short.
  init?() {
    guard let resampler = swr_alloc() else { return nil }
    pointer = resampler
  }

  deinit {
    var pointer: OpaquePointer? = pointer
    swr_free(&pointer)
  }

  /// Converts the samples of `source` to the format that `target` describes, and gives `target` a buffer.
  ///
  /// - Returns: FFmpeg's status, negative on failure or if a format differs from that of the first call.
  func convert(_ source: borrowing FFmpegFrame, into target: borrowing FFmpegFrame) -> Int32 {
    swr_convert_frame(pointer, target.pointer, source.pointer)
  }
}
