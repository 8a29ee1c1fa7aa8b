import CFFmpeg
import CFFmpegLibraries

/// What every FFmpeg call of one video shares: the path for messages, the log, and the place where statuses are looked at.
struct FFmpegContext: Sendable {
  let path: String
  let log: FFmpegLog

  init(path: String) {
    self.path = path
    log = FFmpegLog()
  }

  /// Passes a status on, or throws what a negative one means.
  /// - Parameter action: completes "cannot …".
  @discardableResult
  func check(_ status: Int32, _ code: VideoError.Code, _ action: String) throws(VideoError) -> Int32 {
    if status >= 0 { return status }
    throw error(status, code, action)
  }

  func error(_ status: Int32, _ code: VideoError.Code, _ action: String) -> VideoError {
    if status == sf_error_exit { return VideoError(.cancelled, path: path, message: "cancelled") }
    var advice = ""
    if status == sf_error_no_space { advice = "; free some space and run again" }
    return VideoError(code, path: path, message: "cannot \(action): \(Self.words(status))\(advice)", log: log.recent())
  }

  func error(_ code: VideoError.Code, _ message: String) -> VideoError {
    VideoError(code, path: path, message: message, log: log.recent())
  }

  /// Passes a pointer on, or throws that memory is short.
  func require<T>(_ pointer: T?, _ code: VideoError.Code = .unsupported) throws(VideoError) -> T {
    guard let pointer else { throw VideoError(code, path: path, message: "out of memory", log: log.recent()) }
    return pointer
  }

  /// FFmpeg's own words for a status.
  static func words(_ status: Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(AV_ERROR_MAX_STRING_SIZE)) { buffer in
      guard let base = buffer.baseAddress, av_strerror(status, base, buffer.count) == 0 else { return "error \(status)" }
      return String(cString: base)
    }
  }
}
