/// The memory of a tensor. Subclasses own it.
class TensorMemory: @unchecked Sendable {  // Written to only before its tensor exists.
  let base: UnsafeMutablePointer<Float>
  let count: Int

  init(base: UnsafeMutablePointer<Float>, count: Int) {
    self.base = base
    self.count = count
  }
}

/// Memory that comes from the pool of this process.
final class OwnedTensorMemory: TensorMemory, @unchecked Sendable {  // As in the superclass.
  private let byteCount: Int

  init(count: Int) {
    // At least one cache line, so that a tensor without values has an address: ONNX Runtime refuses null.
    let byteCount = max(count * MemoryLayout<Float>.stride, 64)
    self.byteCount = byteCount
    let bytes = TensorMemoryPool.shared.take(byteCount: byteCount)
    super.init(base: bytes.bindMemory(to: Float.self, capacity: byteCount / MemoryLayout<Float>.stride), count: count)
  }

  deinit { TensorMemoryPool.shared.giveBack(UnsafeMutableRawPointer(base), byteCount: byteCount) }
}
