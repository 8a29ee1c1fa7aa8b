import Synchronization

/// Keeps a few blocks of memory of released tensors for new tensors of the same size. The crops of a video have only a few sizes, and the
/// page faults of fresh memory cost more than writing the values.
final class TensorMemoryPool: Sendable {
  private struct Idle: @unchecked Sendable {  // Nothing else refers to an idle block.
    let bytes: UnsafeMutableRawPointer
    let byteCount: Int
  }

  static let shared = TensorMemoryPool()

  private static let blockLimit = 8
  /// The largest size of a block that is kept, in bytes. Larger blocks are rare.
  private static let byteLimit = 8 << 20

  /// The idle blocks, the most recently released last.
  private let idle = Mutex<[Idle]>([])

  /// Returns memory aligned to 64 bytes with undefined content.
  func take(byteCount: Int) -> UnsafeMutableRawPointer {
    let reused = idle.withLock { idle -> Idle? in
      guard let index = idle.lastIndex(where: { $0.byteCount == byteCount }) else { return nil }
      return idle.remove(at: index)
    }
    return reused?.bytes ?? UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
  }

  /// Takes back memory that ``take(byteCount:)`` returned.
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
