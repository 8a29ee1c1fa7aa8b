import CFFmpeg
import CFFmpegLibraries

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One opened container file. Owns the format context and the file; opens nothing but the file named.
final class Demuxer {
  let format: UnsafeMutablePointer<AVFormatContext>
  private var io: UnsafeMutablePointer<AVIOContext>?
  private let context: FFmpegContext
  private let cancellation: VideoCancellation  // The interrupt callback refers to it.

  /// Formats whose files list other files or devices: a stranger's file could make us read anything.
  private static let refused: Set<String> = [
    "hls", "concat", "concatf", "dash", "imf", "sdp", "rtsp", "sap", "rtp", "image2", "webm_dash_manifest", "lavfi", "avisynth",
    "vapoursynth", "ffmetadata", "tty", "bluray", "mmsh", "applehttp",
  ]

  init(context: FFmpegContext, cancellation: VideoCancellation, maximumPixels: Int) throws(VideoError) {
    self.context = context
    self.cancellation = cancellation
    try Self.checkFile(context)
    let interrupt = cancellation.interruptCallback
    var io = try Self.openFile(context, interrupt)
    do throws(VideoError) {
      let input = try Self.probe(io, context)
      format = try Self.openFormat(&io, input, context, interrupt)
    } catch {
      avio_closep(&io)
      throw error
    }
    self.io = io
    // From here on `deinit` closes, also when this throws.
    try findStreams(maximumPixels: maximumPixels)
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVFormatContext>? = format
    avformat_close_input(&pointer)
    avio_closep(&io)
  }

  var streams: UnsafeBufferPointer<UnsafeMutablePointer<AVStream>?> {
    UnsafeBufferPointer(start: format.pointee.streams, count: Int(format.pointee.nb_streams))
  }

  /// FFmpeg's name of the container format.
  var name: String { format.pointee.iformat.map { String(cString: $0.pointee.name) } ?? "" }

  /// Whether the container's clock starts anywhere (broadcast formats).
  var hasArbitraryOrigin: Bool { (format.pointee.iformat?.pointee.flags ?? 0) & AVFMT_TS_DISCONT != 0 }

  /// Reads the next packet of any stream that is not discarded; the status is FFmpeg's.
  func read(into packet: UnsafeMutablePointer<AVPacket>) -> Int32 {
    let status = av_read_frame(format, packet)
    // Some demuxers call every failed read the end of the file.
    if status == sf_error_eof, let error = io?.pointee.error, error < 0, error != sf_error_eof { return error }
    return status
  }

  private static func checkFile(_ context: FFmpegContext) throws(VideoError) {
    var status = stat()
    guard !context.path.utf8.contains(0), stat(context.path, &status) == 0 else {
      throw VideoError(.cannotOpen, path: context.path, message: "cannot open the file: \(String(cString: strerror(errno)))")
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw VideoError(.cannotOpen, path: context.path, message: "this is a folder, not a video file")
    default: throw VideoError(.cannotOpen, path: context.path, message: "this is not a regular file")
    }
    if status.st_size == 0 { throw VideoError(.notAVideo, path: context.path, message: "the file is empty") }
  }

  private static func openFile(
    _ context: FFmpegContext, _ interrupt: AVIOInterruptCB
  ) throws(VideoError) -> UnsafeMutablePointer<AVIOContext>? {
    var io: UnsafeMutablePointer<AVIOContext>?
    var interrupt = interrupt
    var options = FFmpegOptions(["protocol_whitelist": "file"])
    // The prefix keeps FFmpeg from reading a protocol into a name with a colon, or an option into one with a dash.
    let status = avio_open2(&io, "file:" + context.path, AVIO_FLAG_READ, &interrupt, &options.dictionary)
    try context.check(status, .cannotOpen, "open the file")
    return io
  }

  private static func probe(
    _ io: UnsafeMutablePointer<AVIOContext>?, _ context: FFmpegContext
  ) throws(VideoError) -> UnsafePointer<AVInputFormat>? {
    var input: UnsafePointer<AVInputFormat>?
    // No file name: formats are told by content, so that a name can neither be taken for a pattern of numbered pictures nor
    // decide about the parser.
    let status = av_probe_input_buffer2(io, &input, "", nil, 0, 0)
    guard status >= 0, let found = input else {
      if status == sf_error_exit { throw context.error(status, .cancelled, "read the file") }
      if let error = io?.pointee.error, error < 0, error != sf_error_eof { throw context.error(error, .readFailed, "read the file") }
      throw context.error(.notAVideo, "this is not a video or picture that FFmpeg knows")
    }
    let names = String(cString: found.pointee.name).split(separator: ",").map(String.init)
    if let name = names.first(where: refused.contains) {
      throw VideoError(
        .refersElsewhere, path: context.path,
        message: "this is a list of other files or addresses (\(name)), which is not followed; give the video itself")
    }
    return input
  }

  private static func openFormat(
    _ io: inout UnsafeMutablePointer<AVIOContext>?, _ input: UnsafePointer<AVInputFormat>?, _ context: FFmpegContext,
    _ interrupt: AVIOInterruptCB
  ) throws(VideoError) -> UnsafeMutablePointer<AVFormatContext> {
    let format = try context.require(avformat_alloc_context())
    format.pointee.pb = io
    format.pointee.flags |= AVFMT_FLAG_CUSTOM_IO
    format.pointee.interrupt_callback = interrupt
    format.pointee.opaque = context.log.opaque
    // The file is open already; whatever else a demuxer wants to open is refused, also by nested contexts, which inherit
    // the (empty) list of protocols.
    format.pointee.io_open = { _, _, _, _, _ in sf_error_access }
    var options = FFmpegOptions(["protocol_whitelist": "none"])
    var pointer: UnsafeMutablePointer<AVFormatContext>? = format
    // On failure it frees the context, not the file.
    let status = avformat_open_input(&pointer, "", input, &options.dictionary)
    if status == sf_error_access {
      throw context.error(.refersElsewhere, "this file refers to other files, which are not opened")
    }
    try context.check(status, .notAVideo, "read the file's header")
    return format
  }

  private func findStreams(maximumPixels: Int) throws(VideoError) {
    // Streams are opened for a look with these limits too. FFmpeg gives no way to set them for those that it only finds while it
    // looks; their pictures are bounded by `FFmpegLog.largestAllocation`.
    var dictionaries = streams.map { _ -> OpaquePointer? in
      var dictionary: OpaquePointer?
      av_dict_set(&dictionary, "threads", "1", 0)
      av_dict_set_int(&dictionary, "max_pixels", Int64(maximumPixels), 0)
      return dictionary
    }
    let status = dictionaries.withUnsafeMutableBufferPointer { avformat_find_stream_info(format, $0.baseAddress) }
    for index in dictionaries.indices { av_dict_free(&dictionaries[index]) }
    if status == sf_error_exit { throw context.error(status, .cancelled, "read the file") }
    // Other failures are left to the decoder, which says more.
  }
}
