import CFFmpeg
import CFFmpegLibraries

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads packets from one container file, and opens no other file.
final class Demuxer {
  private let input: FFmpegInput

  /// Formats that are refused because their files refer to other files or devices: a file from an untrusted source could make the program
  /// read anything.
  private static let refused: Set<String> = [
    "hls", "concat", "concatf", "dash", "imf", "sdp", "rtsp", "sap", "rtp", "image2", "webm_dash_manifest", "lavfi", "avisynth",
    "vapoursynth", "ffmetadata", "tty", "bluray", "mmsh", "applehttp",
  ]

  init(context: FFmpegContext, cancellation: VideoCancellation, maximumPixels: Int) throws(VideoError) {
    try Self.checkFile(context)
    let file = try FFmpegFile(path: context.path, for: .reading, cancellation: cancellation, context: context)
    let format = try Self.probe(file, context)
    input = try FFmpegInput(taking: file, as: format, context: context)
    try findStreams(maximumPixels: maximumPixels, context)
  }

  var format: UnsafeMutablePointer<AVFormatContext> { input.pointer }

  var streams: UnsafeBufferPointer<UnsafeMutablePointer<AVStream>?> {
    UnsafeBufferPointer(start: format.pointee.streams, count: Int(format.pointee.nb_streams))
  }

  /// FFmpeg's name of the container format.
  var name: String { format.pointee.iformat.map { String(cString: $0.pointee.name) } ?? "" }

  /// The container's time that becomes zero, in microseconds. It is the start time in a broadcast format whose clock starts at ten seconds
  /// or later, else 0.
  var origin: Int64 {
    let isBroadcast = (format.pointee.iformat?.pointee.flags ?? 0) & AVFMT_TS_DISCONT != 0
    let start = format.pointee.start_time
    return isBroadcast && start != sf_no_timestamp && start >= 10 * Int64(AV_TIME_BASE) ? start : 0
  }

  /// Reads the next packet of the streams that are not discarded. Returns FFmpeg's status.
  func read(into packet: borrowing FFmpegPacket) -> Int32 {
    let status = av_read_frame(format, packet.pointer)
    // Some demuxers report a failed read as the end of the file.
    let error = input.file.error
    if status == sf_error_eof, error < 0, error != sf_error_eof { return error }
    return status
  }

  /// Moves to the last key frame of a stream that is not later than a time in the stream's units; returns false if that is impossible.
  func seek(to time: Int64, in stream: UnsafeMutablePointer<AVStream>) -> Bool {
    av_seek_frame(format, stream.pointee.index, time, AVSEEK_FLAG_BACKWARD) >= 0
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

  private static func probe(
    _ file: borrowing FFmpegFile, _ context: FFmpegContext
  ) throws(VideoError) -> UnsafePointer<AVInputFormat> {
    var input: UnsafePointer<AVInputFormat>?
    // No file name is passed, so that only the content decides about the format. FFmpeg could take a name for a pattern of numbered images,
    // or choose the parser by it.
    let status = av_probe_input_buffer2(file.pointer, &input, "", nil, 0, 0)
    guard status >= 0, let found = input else {
      if status == sf_error_exit { throw context.error(status, .cancelled, "read the file") }
      if file.error < 0, file.error != sf_error_eof { throw context.error(file.error, .readFailed, "read the file") }
      throw context.error(.notAVideo, "this is not a video or image that FFmpeg recognises")
    }
    let names = String(cString: found.pointee.name).split(separator: ",").map(String.init)
    if let name = names.first(where: refused.contains) {
      throw VideoError(
        .refersElsewhere, path: context.path,
        message: "this is a list of other files or addresses (\(name)), which are not opened; use the video file itself")
    }
    return found
  }

  private func findStreams(maximumPixels: Int, _ context: FFmpegContext) throws(VideoError) {
    // FFmpeg decodes a little of each stream to find its format, so the limits are set here too. They cannot be set for streams that it
    // discovers meanwhile; `FFmpegLog.largestAllocation` bounds their frames.
    let options = FFmpegStreamOptions(["threads": "1", "max_pixels": String(maximumPixels)], streams: streams.count)
    let status = avformat_find_stream_info(format, options.dictionaries.baseAddress)
    if status == sf_error_exit { throw context.error(status, .cancelled, "read the file") }
    // Other failures are ignored here: the decoder will fail with a message that says more.
  }
}
