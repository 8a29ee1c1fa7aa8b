import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Reuses the memory of released images for new ones, so that a video's frames cause no page faults.
public final class PixelMemoryPool: Sendable {
  private struct Idle: @unchecked Sendable {  // Nothing else refers to an idle block.
    let bytes: UnsafeMutablePointer<UInt8>
    let byteCount: Int
  }

  private let idle = Mutex<[Idle]>([])
  private let limit: Int

  /// Creates an empty pool.
  ///
  /// - Parameter limit: the largest number of idle blocks that are kept. Further blocks are freed.
  public init(limit: Int = 64) { self.limit = limit }

  func take(byteCount: Int) -> PixelMemory {
    let reused = idle.withLock { idle -> Idle? in
      guard let index = idle.lastIndex(where: { $0.byteCount == byteCount }) else { return nil }
      return idle.remove(at: index)
    }
    return PixelMemory(reused?.bytes ?? Self.allocate(byteCount: byteCount), byteCount: byteCount, pool: self)
  }

  func giveBack(_ bytes: UnsafeMutablePointer<UInt8>, byteCount: Int) {
    let kept = idle.withLock { idle in
      guard idle.count < limit else { return false }
      idle.append(Idle(bytes: bytes, byteCount: byteCount))
      return true
    }
    if !kept { Self.free(bytes) }
  }

  /// Allocates a block. Large blocks use large pages if the system provides them: a reflection reads many rows at once, and with pages of
  /// the usual size, each row would take up one or two pages of its own.
  static func allocate(byteCount: Int) -> UnsafeMutablePointer<UInt8> {
    let size = byteCount + 64
    #if canImport(Glibc)
      let largePage = 2 << 20
      if size >= largePage {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: largePage)
        // Whole pages only, so that no additional memory is used. If the system has no large pages the call fails, which is harmless.
        madvise(memory, size / largePage * largePage, MADV_HUGEPAGE)
        return memory.bindMemory(to: UInt8.self, capacity: size)
      }
    #endif
    return UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64).bindMemory(to: UInt8.self, capacity: size)
  }

  static func free(_ bytes: UnsafeMutablePointer<UInt8>) { UnsafeMutableRawPointer(bytes).deallocate() }

  deinit {
    idle.withLock { blocks in for block in blocks { Self.free(block.bytes) } }
  }
}
