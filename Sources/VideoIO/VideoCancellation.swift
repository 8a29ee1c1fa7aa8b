import Synchronization

/// Stops a reader or writer from another thread: what is under way throws `VideoError.Code.cancelled` soon after.
public final class VideoCancellation: Sendable {
  private let flag = Atomic(false)

  public init() {}

  public func cancel() { flag.store(true, ordering: .relaxed) }

  public var isCancelled: Bool { flag.load(ordering: .relaxed) }
}
