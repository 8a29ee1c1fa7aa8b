import CFFmpeg
import CFFmpegLibraries

/// Owns an `AVFormatContext` for reading, and the file that it reads.
struct FFmpegInput: ~Copyable {
  let pointer: UnsafeMutablePointer<AVFormatContext>
  /// Closed after the context, because `deinit` runs before the members are deinitialised.
  let file: FFmpegFile

  /// Reads the header of the container. Takes ownership of `file`, even if it throws.
  ///
  /// - Throws: `VideoError` with the code `refersElsewhere`, `notAVideo` or `cancelled`.
  init(taking file: consuming FFmpegFile, as format: UnsafePointer<AVInputFormat>, context: FFmpegContext) throws(VideoError) {
    let allocated = try context.require(avformat_alloc_context())
    allocated.pointee.pb = file.pointer
    allocated.pointee.flags |= AVFMT_FLAG_CUSTOM_IO
    allocated.pointee.interrupt_callback = file.interruptCallback
    allocated.pointee.opaque = context.log.opaque
    // The file is open already, and any other file that the demuxer asks for is refused. Nested contexts inherit the whitelist, which
    // allows no protocol.
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
