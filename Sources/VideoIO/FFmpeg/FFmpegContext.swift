import CFFmpeg
import CFFmpegLibraries

/// What all FFmpeg calls for one video share: the path for messages, the log, and the conversion of FFmpeg's statuses to errors.
struct FFmpegContext: Sendable {
  let path: String
  let log: FFmpegLog

  init(path: String) {
    self.path = path
    log = FFmpegLog()
  }

  /// Returns a status that is not negative; throws the error that a negative one means.
  ///
  /// - Parameter action: completes "cannot …".
  @discardableResult
  func check(_ status: Int32, _ code: VideoError.Code, _ action: String) throws(VideoError) -> Int32 {
    if status >= 0 { return status }
    throw error(status, code, action)
  }

  /// Makes an error of a negative status: `cancelled` where FFmpeg was interrupted, else `code`.
  ///
  /// - Parameter action: completes "cannot …".
  func error(_ status: Int32, _ code: VideoError.Code, _ action: String) -> VideoError {
    if status == sf_error_exit { return cancelled }
    let advice = status == sf_error_no_space ? "; free some disk space and run again" : ""
    return error(code, "cannot \(action): \(Self.words(status))\(advice)")
  }

  func error(_ code: VideoError.Code, _ message: String) -> VideoError {
    VideoError(code, path: path, message: message, log: log.recent())
  }

  var cancelled: VideoError { VideoError(.cancelled, path: path, message: "cancelled") }

  /// Returns an FFmpeg object; throws that memory is short where its allocation gave nil.
  func require<T: ~Copyable>(_ object: consuming T?, _ code: VideoError.Code = .unsupported) throws(VideoError) -> T {
    guard let object else { throw error(code, "out of memory") }
    return object
  }

  /// FFmpeg's description of a status.
  private static func words(_ status: Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(AV_ERROR_MAX_STRING_SIZE)) { buffer in
      guard let base = buffer.baseAddress, av_strerror(status, base, buffer.count) == 0 else { return "error \(status)" }
      return String(cString: base)
    }
  }
}
