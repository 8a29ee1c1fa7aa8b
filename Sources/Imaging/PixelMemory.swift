/// A block of memory, aligned to 64 bytes and followed by 64 spare bytes, so that vector loads may run past the last row.
final class PixelMemory: @unchecked Sendable {  // Only the one canvas that owns the block writes to it; afterwards it is read-only.
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
