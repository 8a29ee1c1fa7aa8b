import CFFmpegLibraries

/// Owns an `AVIOContext`, which is an open file, and keeps alive the cancellation that FFmpeg checks while it reads or writes.
struct FFmpegFile: ~Copyable {
  enum Mode { case reading, writing }

  /// Nil once the file is closed.
  private(set) var pointer: UnsafeMutablePointer<AVIOContext>?
  private let cancellation: VideoCancellation

  /// Opens the file at `path`, creating or truncating it for writing.
  ///
  /// - Throws: `VideoError` with the code `cannotOpen` for reading, `cannotCreate` for writing, or `cancelled`.
  init(path: String, for mode: Mode, cancellation: VideoCancellation, context: FFmpegContext) throws(VideoError) {
    var opened: UnsafeMutablePointer<AVIOContext>?
    var interrupt = cancellation.interruptCallback
    var options = FFmpegOptions(["protocol_whitelist": "file"])
    let flags = mode == .reading ? AVIO_FLAG_READ : AVIO_FLAG_WRITE
    // The prefix keeps FFmpeg from taking a name that contains a colon for a protocol, or one that starts with a dash for an option.
    let status = avio_open2(&opened, "file:" + path, flags, &interrupt, &options.dictionary)
    switch mode {
    case .reading: try context.check(status, .cannotOpen, "open the file")
    case .writing: try context.check(status, .cannotCreate, "create the file")
    }
    pointer = opened
    self.cancellation = cancellation
  }

  deinit {
    var pointer = pointer
    avio_closep(&pointer)
  }

  /// The cancellation callback for a format context that owns this file.
  var interruptCallback: AVIOInterruptCB { cancellation.interruptCallback }

  /// The status of the last read or write that failed, or 0 if none failed. FFmpeg reports failures of buffered operations only here.
  var error: Int32 { pointer?.pointee.error ?? 0 }

  /// Writes the buffered data. A failure is reported by `error`.
  func flush() { avio_flush(pointer) }

  /// Closes the file early, before `deinit`. Returns FFmpeg's status, negative on failure.
  mutating func close() -> Int32 { avio_closep(&pointer) }
}
