import CFFmpeg
import CFFmpegLibraries
import Synchronization

/// FFmpeg's messages about one video.
///
/// The process's FFmpeg messages go to a ring of 128 lines from the first reader or writer on; nothing is printed. From then on FFmpeg's
/// single allocations are bounded too.
final class FFmpegLog: Sendable {
  private static let installed: Void = {
    sf_log_install()
    av_max_alloc(largestAllocation)
  }()
  /// Bytes that FFmpeg may take at once, for the whole process: 16 of each of the 8192×8192 pixels that a picture has at most. FFmpeg's
  /// own bound is 2 GiB.
  static let largestAllocation = 1 << 30
  private static let counter = Atomic<UInt>(0)

  /// Tags messages; also what codec and format contexts carry as `opaque`. Never 0.
  let identifier: UInt

  init() {
    Self.installed
    identifier = Self.counter.add(1, ordering: .relaxed).newValue
  }

  var opaque: UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: identifier) }

  /// From now on, messages of this thread that no context claims belong to this log.
  func bind() { sf_log_bind(identifier) }

  /// The newest messages, oldest first.
  func recent(_ limit: Int = 4) -> [String] {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
      guard let base = buffer.baseAddress, sf_log_recent(identifier, Int32(limit), base, buffer.count) > 0 else { return [] }
      return String(cString: base).split(separator: "\n").map(String.init)
    }
  }
}
