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

  /// Returns the status if it is not negative, else throws the error that it stands for.
  ///
  /// - Parameter action: the action that failed, to complete the message "cannot …".
  @discardableResult
  func check(_ status: Int32, _ code: VideoError.Code, _ action: String) throws(VideoError) -> Int32 {
    if status >= 0 { return status }
    throw error(status, code, action)
  }

  /// Makes the error for a negative status. Its code is `cancelled` if FFmpeg was interrupted, else `code`.
  ///
  /// - Parameter action: the action that failed, to complete the message "cannot …".
  func error(_ status: Int32, _ code: VideoError.Code, _ action: String) -> VideoError {
    if status == sf_error_exit { return cancelled }
    let advice = status == sf_error_no_space ? "; free some disk space and run again" : ""
    return error(code, "cannot \(action): \(Self.words(status))\(advice)")
  }

  func error(_ code: VideoError.Code, _ message: String) -> VideoError {
    VideoError(code, path: path, message: message, log: log.recent())
  }

  var cancelled: VideoError { VideoError(.cancelled, path: path, message: "cancelled") }

  /// Returns `object`, or throws an out-of-memory error if its allocation returned nil.
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
