import CFFmpeg
import CFFmpegLibraries
import Synchronization

/// FFmpeg's messages about one video.
///
/// The first log that is created redirects all FFmpeg messages of the process to a ring buffer of 128 lines, so that nothing is printed. It
/// also limits the size of any single allocation by FFmpeg.
final class FFmpegLog: Sendable {
  private static let installed: Void = {
    sf_log_install()
    av_max_alloc(largestAllocation)
  }()
  /// The largest single allocation that FFmpeg may make anywhere in the process, in bytes: 16 bytes per pixel for an image of 8192×8192,
  /// the default limit of `VideoReaderOptions.maximumPixels`. FFmpeg's own bound is 2 GiB.
  static let largestAllocation = 1 << 30
  private static let counter = Atomic<UInt>(0)

  /// Tags this log's messages. Never 0.
  let identifier: UInt

  init() {
    Self.installed
    identifier = Self.counter.add(1, ordering: .relaxed).newValue
  }

  /// The identifier as a pointer. Messages from codec and format contexts whose `opaque` is this pointer are assigned to this log.
  var opaque: UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: identifier) }

  /// Assigns to this log the messages that FFmpeg sends on the calling thread from contexts without an `opaque`.
  func bind() { sf_log_bind(identifier) }

  /// Returns the newest messages of this log, at most `limit`, oldest first.
  func recent(_ limit: Int = 4) -> [String] {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
      guard let base = buffer.baseAddress, sf_log_recent(identifier, Int32(limit), base, buffer.count) > 0 else { return [] }
      return String(cString: base).split(separator: "\n").map(String.init)
    }
  }
}
