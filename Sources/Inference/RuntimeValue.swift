import CONNXRuntime

/// Owns a tensor that ONNX Runtime created.
final class RuntimeValue: @unchecked Sendable {  // Only read until the last reference releases it.
  private let value: OpaquePointer
  /// Must outlive the value, whose memory comes from the session's allocator.
  private let session: ProviderSession
  private let table: RuntimeTable

  init(_ value: OpaquePointer, session: ProviderSession, table: RuntimeTable) {
    self.value = value
    self.session = session
    self.table = table
  }

  deinit { sf_ort_release_value(table.api, value) }

  /// Returns a tensor that shares this value's memory.
  func tensor(_ action: String) throws(InferenceError) -> Tensor {
    let info = try table.make(.runFailed, action) { sf_ort_get_tensor_info($0, value, $1) }
    defer { sf_ort_release_tensor_info(table.api, info) }
    let (type, dimensions) = try table.describe(info, action)
    guard type == .float32 else {
      throw InferenceError(.elementTypeUnsupported, "\(action): an output is not of 32-bit floats")
    }
    let shape = dimensions.map { $0 ?? 0 }
    var data: UnsafeMutableRawPointer?
    try table.check(sf_ort_get_tensor_data(table.api, value, &data), .runFailed, action)
    let count = shape.reduce(1, *)
    guard let data, count > 0 else { return Tensor(shape: shape) { _ in } }
    return Tensor(shape: shape, memory: RuntimeTensorMemory(data.assumingMemoryBound(to: Float.self), count: count, owner: self))
  }
}

/// Memory of a value that ONNX Runtime created, aligned to 64 bytes and freed with the value.
private final class RuntimeTensorMemory: TensorMemory, @unchecked Sendable {  // As in the superclass.
  private let owner: RuntimeValue

  init(_ base: UnsafeMutablePointer<Float>, count: Int, owner: RuntimeValue) {
    self.owner = owner
    super.init(base: base, count: count)
  }
}
