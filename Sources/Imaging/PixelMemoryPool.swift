import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// A block of bytes aligned to 64, with 64 bytes of slack behind it so that vector loads may overrun a row.
final class PixelMemory: @unchecked Sendable {  // Written only through the one canvas that owns it, read-only afterwards.
  let bytes: UnsafeMutablePointer<UInt8>
  let byteCount: Int
  private let pool: PixelMemoryPool?

  convenience init(byteCount: Int) {
    self.init(PixelMemoryPool.allocate(byteCount: byteCount), byteCount: byteCount, pool: nil)
  }

  init(_ bytes: UnsafeMutablePointer<UInt8>, byteCount: Int, pool: PixelMemoryPool?) {
    self.bytes = bytes
    self.byteCount = byteCount
    self.pool = pool
  }

  deinit {
    if let pool { pool.giveBack(bytes, byteCount: byteCount) } else { PixelMemoryPool.free(bytes) }
  }
}

/// Keeps the memory of pictures that are gone for the next ones, so that a video's frames cost no page faults.
public final class PixelMemoryPool: Sendable {
  private struct Idle: @unchecked Sendable {  // Nobody else holds an idle block.
    let bytes: UnsafeMutablePointer<UInt8>
    let byteCount: Int
  }

  private let idle = Mutex<[Idle]>([])
  private let limit: Int

  /// - Parameter limit: blocks kept at most; what comes back beyond that is freed.
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

  /// Large blocks lie in large pages where the system has them to give: a reflection goes through many rows at once, each of which is a
  /// page or two of the usual size.
  static func allocate(byteCount: Int) -> UnsafeMutablePointer<UInt8> {
    let size = byteCount + 64
    #if canImport(Glibc)
      let largePage = 2 << 20
      if size >= largePage {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: largePage)
        // Whole pages only, so that no more memory is taken than without. A system that has none says so, and nothing is lost.
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
