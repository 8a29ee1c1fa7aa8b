import Synchronization

/// Keeps a few blocks of tensors that are gone for the next ones of the same size: a video's crops are of a few sizes, and the pages of
/// fresh memory cost more than filling them.
final class TensorMemoryPool: Sendable {
  private struct Idle: @unchecked Sendable {  // Nobody else holds an idle block.
    let bytes: UnsafeMutableRawPointer
    let byteCount: Int
  }

  static let shared = TensorMemoryPool()

  private static let blockLimit = 8
  /// Larger blocks are rare and not worth keeping.
  private static let byteLimit = 8 << 20

  /// The one that was given back last is at the end.
  private let idle = Mutex<[Idle]>([])

  /// Memory aligned to 64 bytes, whose content is not defined.
  func take(byteCount: Int) -> UnsafeMutableRawPointer {
    let reused = idle.withLock { idle -> Idle? in
      guard let index = idle.lastIndex(where: { $0.byteCount == byteCount }) else { return nil }
      return idle.remove(at: index)
    }
    return reused?.bytes ?? UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
  }

  func giveBack(_ bytes: UnsafeMutableRawPointer, byteCount: Int) {
    let block = Idle(bytes: bytes, byteCount: byteCount)
    let surplus = idle.withLock { idle -> Idle? in
      guard byteCount <= Self.byteLimit else { return block }
      idle.append(block)
      return idle.count > Self.blockLimit ? idle.removeFirst() : nil
    }
    surplus?.bytes.deallocate()
  }
}
