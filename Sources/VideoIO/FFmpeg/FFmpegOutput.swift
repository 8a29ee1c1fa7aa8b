import CFFmpegLibraries

/// Owns an `AVFormatContext` for writing, and the file that it writes once it has one.
struct FFmpegOutput: ~Copyable {
  let pointer: UnsafeMutablePointer<AVFormatContext>
  /// Closed after the context, by the order in which `deinit` and members' deinitialisation run.
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

  /// The status of the last write that failed, else 0.
  var fileError: Int32 {
    switch file {
    case .some(let file): file.error
    case .none: 0
    }
  }

  /// Takes ownership of the file that is to be written.
  mutating func attach(_ file: consuming FFmpegFile) {
    pointer.pointee.pb = file.pointer
    // Moving the index to the front of a long video reads and writes all of it again; that checks the context's own callback.
    pointer.pointee.interrupt_callback = file.interruptCallback
    self.file = consume file
  }

  /// Writes what is still buffered; failures are in `fileError`.
  func flush() { file?.flush() }

  /// Closes the file before this value goes. Returns FFmpeg's status, negative on failure.
  mutating func closeFile() -> Int32 {
    pointer.pointee.pb = nil
    return file?.close() ?? 0
  }
}
