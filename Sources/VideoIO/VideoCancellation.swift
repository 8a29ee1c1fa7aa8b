import CFFmpegLibraries
import Synchronization

/// Stops a reader or writer from any thread. Its current operation soon throws a `VideoError` with the code `cancelled`.
public final class VideoCancellation: Sendable {
  private let flag = Atomic(false)

  public init() {}

  public func cancel() { flag.store(true, ordering: .relaxed) }

  public var isCancelled: Bool { flag.load(ordering: .relaxed) }

  /// The callback that FFmpeg checks while it reads and writes. It does not retain this object, so the code that passes it to FFmpeg must.
  var interruptCallback: AVIOInterruptCB {
    AVIOInterruptCB(
      callback: { opaque in
        guard let opaque else { return 0 }
        return Unmanaged<VideoCancellation>.fromOpaque(opaque).takeUnretainedValue().isCancelled ? 1 : 0
      }, opaque: Unmanaged.passUnretained(self).toOpaque())
  }
}
