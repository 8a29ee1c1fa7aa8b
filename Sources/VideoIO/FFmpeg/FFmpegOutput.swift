import CFFmpegLibraries

/// Owns an `AVFormatContext` for writing and, once attached, the file that it writes.
struct FFmpegOutput: ~Copyable {
  let pointer: UnsafeMutablePointer<AVFormatContext>
  /// Closed after the context, because `deinit` runs before the members are deinitialised.
  private var file: FFmpegFile?

  /// Allocates the context of an MP4 file; nothing is created on disk yet.
  ///
  /// - Throws: `VideoError` with the code `cannotCreate`.
  init(path: String, context: FFmpegContext) throws(VideoError) {
    var allocated: UnsafeMutablePointer<AVFormatContext>?
    let status = avformat_alloc_output_context2(&allocated, nil, "mp4", "file:" + path)
    try context.check(status, .cannotCreate, "create an MP4 file")
    pointer = try context.require(allocated, .cannotCreate)
    pointer.pointee.opaque = context.log.opaque
  }

  deinit {
    pointer.pointee.pb = nil
    avformat_free_context(pointer)
  }

  /// The status of the last write that failed, or 0 if none failed.
  var fileError: Int32 {
    switch file {
    case .some(let file): file.error
    case .none: 0
    }
  }

  /// Sets the file to write to, and takes ownership of it.
  mutating func attach(_ file: consuming FFmpegFile) {
    pointer.pointee.pb = file.pointer
    // Moving the index to the front reads and writes the whole video again, which takes long. Meanwhile FFmpeg checks the context's own
    // callback.
    pointer.pointee.interrupt_callback = file.interruptCallback
    self.file = consume file
  }

  /// Writes the buffered data. A failure is reported by `fileError`.
  func flush() { file?.flush() }

  /// Closes the file early, before `deinit`. Returns FFmpeg's status, negative on failure.
  mutating func closeFile() -> Int32 {
    pointer.pointee.pb = nil
    return file?.close() ?? 0
  }
}
