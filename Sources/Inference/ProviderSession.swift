import CONNXRuntime

/// Owns ONNX Runtime's session of one network on one provider.
final class ProviderSession: @unchecked Sendable {  // ONNX Runtime's sessions may be run by several threads at the same time.
  let provider: ExecutionProvider
  let inputs: [TensorDescription]
  let outputs: [TensorDescription]
  private let runtime: InferenceRuntime
  private let name: String
  private let session: OpaquePointer
  private let inputNames: CStrings
  private let outputNames: CStrings

  /// Creates a session of a network on one provider.
  ///
  /// - Parameter allowsCPUFallback: whether ONNX Runtime's CPU kernels may run the operators that the provider does not support; otherwise a
  ///   network that has such operators is refused.
  /// - Throws: `modelUnreadable`, `providerUnavailable`.
  init(
    _ source: ModelSource, name: String, runtime: InferenceRuntime, configuration: SessionConfiguration,
    provider: ExecutionProvider, allowsCPUFallback: Bool
  ) throws(InferenceError) {
    let options = try SessionOptions(
      runtime: runtime, configuration: configuration, provider: provider, allowsCPUFallback: allowsCPUFallback)
    let table = runtime.table
    let session = try table.make(.providerUnavailable, "creating a session of \(name) on \(provider.displayName)") { api, out in
      withExtendedLifetime(options) {
        switch source {
        case .file(let path): sf_ort_create_session(api, runtime.environment, path, options.pointer, out)
        case .bytes(let bytes):
          bytes.withUnsafeBytes { bytes in
            // An empty array has no address, but null is not allowed. Any other address will do, because no byte is read from it.
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
    if case .file(let path) = source { MappedWeights.releasePages(ofModelAt: path) }
    self.runtime = runtime
    self.name = name
  }

  deinit { sf_ort_release_session(runtime.table.api, session) }

  /// Runs the network.
  /// - Parameters:
  ///   - tensors: one for each of ``inputs``, in the same order, each of a shape that the input accepts.
  ///   - wanted: the indices in ``outputs`` of the outputs to compute.
  /// - Throws: `runFailed`, `elementTypeUnsupported`, `internalFailure`.
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
    // Every value must have an owner before anything can throw.
    var owned: [RuntimeValue] = []
    for value in results {
      guard let value else { continue }
      owned.append(RuntimeValue(value, session: self, table: table))
    }
    var outputs: [Tensor] = []
    for value in owned { outputs.append(try value.tensor(action)) }
    return outputs
  }

  /// Creates a value that refers to the tensor's memory, which must outlive it. ONNX Runtime does not write to a run's inputs.
  private func wrap(_ tensor: Tensor) throws(InferenceError) -> OpaquePointer {
    let shape = tensor.shape.map(Int64.init)
    return try runtime.table.make(.internalFailure, "passing a tensor to \(name)") { api, out in
      sf_ort_create_tensor_with_data(
        api, runtime.memoryInfo, tensor.memory.base, tensor.count * MemoryLayout<Float>.stride, shape, shape.count,
        Int32(SF_ORT_ELEMENT_FLOAT), out)
    }
  }
}
