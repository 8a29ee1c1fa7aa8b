import CFFmpeg
import CFFmpegLibraries

/// Owns an `AVFormatContext` for reading, and the file that it reads.
struct FFmpegInput: ~Copyable {
  let pointer: UnsafeMutablePointer<AVFormatContext>
  /// Closed after the context, by the order in which `deinit` and members' deinitialisation run.
  let file: FFmpegFile

  /// Takes ownership of `file`, also when this throws, and reads the header of the container.
  ///
  /// - Throws: `VideoError` with the code `refersElsewhere`, `notAVideo` or `cancelled`.
  init(taking file: consuming FFmpegFile, as format: UnsafePointer<AVInputFormat>, context: FFmpegContext) throws(VideoError) {
    let allocated = try context.require(avformat_alloc_context())
    allocated.pointee.pb = file.pointer
    allocated.pointee.flags |= AVFMT_FLAG_CUSTOM_IO
    allocated.pointee.interrupt_callback = file.interruptCallback
    allocated.pointee.opaque = context.log.opaque
    // The file is open already. Any other that the demuxer asks for is refused; nested contexts inherit the whitelist, which
    // names no protocol.
    allocated.pointee.io_open = { _, _, _, _, _ in sf_error_access }
    var options = FFmpegOptions(["protocol_whitelist": "none"])
    var opened: UnsafeMutablePointer<AVFormatContext>? = allocated
    // On failure FFmpeg frees the context, but not the file.
    let status = avformat_open_input(&opened, "", format, &options.dictionary)
    if status == sf_error_access {
      throw context.error(.refersElsewhere, "this file refers to other files, which are not opened")
    }
    try context.check(status, .notAVideo, "read the file's header")
    pointer = allocated
    self.file = file
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVFormatContext>? = pointer
    avformat_close_input(&pointer)
  }
}
