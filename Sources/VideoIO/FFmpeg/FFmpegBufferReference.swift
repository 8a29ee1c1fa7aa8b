import CFFmpegLibraries

/// Owns one reference to a reference-counted FFmpeg buffer.
struct FFmpegBufferReference: ~Copyable {
  let pointer: UnsafeMutablePointer<AVBufferRef>

  /// Takes ownership of `reference`.
  init(taking reference: UnsafeMutablePointer<AVBufferRef>) { pointer = reference }

  deinit {
    var pointer: UnsafeMutablePointer<AVBufferRef>? = pointer
    av_buffer_unref(&pointer)
  }
}
