import CONNXRuntime

/// ONNX Runtime's session of one network on one provider; owns the C object.
final class ProviderSession: @unchecked Sendable {  // ONNX Runtime's sessions may be run by several threads at once.
  let provider: ExecutionProvider
  let inputs: [TensorDescription]
  let outputs: [TensorDescription]
  private let runtime: InferenceRuntime
  private let name: String
  private let session: OpaquePointer
  private let inputNames: CStrings
  private let outputNames: CStrings

  /// - Parameter wholly: throw unless the provider takes every operator of the network.
  init(
    _ source: ModelSource, name: String, runtime: InferenceRuntime, configuration: SessionConfiguration,
    provider: ExecutionProvider, wholly: Bool
  ) throws(InferenceError) {
    let options = try SessionOptions(runtime: runtime, configuration: configuration, provider: provider, wholly: wholly)
    let table = runtime.table
    let session = try table.make(.providerUnavailable, "making a session of \(name) on \(provider.displayName)") { api, out in
      withExtendedLifetime(options) {
        switch source {
        case .file(let path): sf_ort_create_session(api, runtime.environment, path, options.pointer, out)
        case .bytes(let bytes):
          bytes.withUnsafeBytes { bytes in
            // An empty array has no address, and null is not allowed; no byte of it is read.
            let start = bytes.baseAddress ?? UnsafeRawPointer(table.api)
            return sf_ort_create_session_from_array(api, runtime.environment, start, bytes.count, options.pointer, out)
          }
        }
      }
    }
    let description = SessionDescription(runtime: runtime, session: session, network: name)
    do throws(InferenceError) {
      inputs = try description.inputs()
      outputs = try description.outputs()
    } catch {
      sf_ort_release_session(table.api, session)
      throw error
    }
    inputNames = CStrings(inputs.map(\.name))
    outputNames = CStrings(outputs.map(\.name))
    self.session = session
    self.provider = provider
    if case .file(let path) = source { MappedWeights.setAside(of: path) }
    self.runtime = runtime
    self.name = name
  }

  deinit { sf_ort_release_session(runtime.table.api, session) }

  /// - Parameters:
  ///   - tensors: one for each of ``inputs``, in that order, of a fitting shape.
  ///   - wanted: indices into ``outputs``.
  func run(_ tensors: [Tensor], wanted: [Int]) throws(InferenceError) -> [Tensor] {
    let table = runtime.table
    let action = "running \(name) on \(provider.displayName)"
    var values: [OpaquePointer?] = []
    defer { for value in values { sf_ort_release_value(table.api, value) } }
    for tensor in tensors { values.append(try wrap(tensor)) }
    let names = wanted.map { outputNames.array[$0] }
    var results = [OpaquePointer?](repeating: nil, count: wanted.count)
    let status = withExtendedLifetime(tensors) {
      sf_ort_run(
        table.api, session, nil, UnsafePointer(inputNames.array), values, values.count, names, names.count, &results)
    }
    do throws(InferenceError) { try table.check(status, .runFailed, action) } catch {
      for value in results { sf_ort_release_value(table.api, value) }
      throw error
    }
    // All are owned before the first of them can fail to be described.
    var owned: [RuntimeValue] = []
    for value in results {
      guard let value else { continue }
      owned.append(RuntimeValue(value, session: self, table: table))
    }
    var outputs: [Tensor] = []
    for value in owned { outputs.append(try value.tensor(action)) }
    return outputs
  }

  /// A value over the tensor's own memory, which must outlive it. ONNX Runtime does not write to a run's inputs.
  private func wrap(_ tensor: Tensor) throws(InferenceError) -> OpaquePointer {
    let shape = tensor.shape.map(Int64.init)
    return try runtime.table.make(.internalFailure, "giving a tensor to \(name)") { api, out in
      sf_ort_create_tensor_with_data(
        api, runtime.memoryInfo, tensor.memory.base, tensor.count * MemoryLayout<Float>.stride, shape, shape.count,
        Int32(SF_ORT_ELEMENT_FLOAT), out)
    }
  }
}

/// A tensor that ONNX Runtime made; owns the C object.
private final class RuntimeValue: @unchecked Sendable {  // Only read, and released by whoever holds it last.
  private let value: OpaquePointer
  /// The memory comes from the session's allocator.
  private let session: ProviderSession
  private let table: RuntimeTable

  init(_ value: OpaquePointer, session: ProviderSession, table: RuntimeTable) {
    self.value = value
    self.session = session
    self.table = table
  }

  deinit { sf_ort_release_value(table.api, value) }

  /// This value's memory as a tensor, without a copy.
  func tensor(_ action: String) throws(InferenceError) -> Tensor {
    let info = try table.make(.runFailed, action) { sf_ort_get_tensor_info($0, value, $1) }
    defer { sf_ort_release_tensor_info(table.api, info) }
    let (type, dimensions) = try table.describe(info, action)
    guard type == .float32 else {
      throw InferenceError(.elementTypeUnsupported, "\(action): an output is not 32-bit floats")
    }
    let shape = dimensions.map { $0 ?? 0 }
    var data: UnsafeMutableRawPointer?
    try table.check(sf_ort_get_tensor_data(table.api, value, &data), .runFailed, action)
    let count = shape.reduce(1, *)
    guard let data, count > 0 else { return Tensor(shape: shape) { _ in } }
    return Tensor(shape: shape, memory: RuntimeTensorMemory(data.assumingMemoryBound(to: Float.self), count: count, owner: self))
  }
}

/// Memory that ONNX Runtime allocated (it aligns to 64 bytes) and that goes back to it with the value.
private final class RuntimeTensorMemory: TensorMemory, @unchecked Sendable {  // As its superclass.
  private let owner: RuntimeValue

  init(_ base: UnsafeMutablePointer<Float>, count: Int, owner: RuntimeValue) {
    self.owner = owner
    super.init(base: base, count: count)
  }
}
