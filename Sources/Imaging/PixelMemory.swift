/// A block of bytes aligned to 64, with 64 spare bytes after its end so that vector loads may run past the last row.
final class PixelMemory: @unchecked Sendable {  // Written only through the one canvas that owns it; read-only afterwards.
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
