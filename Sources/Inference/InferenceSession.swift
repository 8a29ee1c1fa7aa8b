import Logging

/// A network that is ready to run.
///
/// It runs on the first of the configured providers that can run it. If that provider fails later, during a run, the session is created
/// again on the next provider, at most once for each provider. The change is listed in ``providerNotes`` and logged: as a warning for the
/// first network that fails on a provider, at level info for the others.
///
/// ```swift
/// let image = Tensor(shape: [1, 3, 224, 224]) { $0.update(repeating: 0) }
/// let outputs = try session.run([("image", image)], outputs: ["au"])
/// ```
public final class InferenceSession: Sendable {
  /// The network's name, used in messages.
  public let name: String
  /// The network's inputs, in its own order.
  public let inputs: [TensorDescription]
  /// The network's outputs, in its own order.
  public let outputs: [TensorDescription]

  private let chain: ProviderChain<ProviderSession>

  /// The provider that currently runs the network.
  public var provider: ExecutionProvider { chain.provider }

  /// One line for each provider that failed, and for a ``provider`` that leaves operators to ONNX Runtime's CPU kernels.
  public var providerNotes: [String] { chain.notes }

  /// Creates a session of the network in a file. Its ``name`` is the file's name without `.onnx`.
  /// - Parameter modelPath: an ONNX file, which must stay in place as long as the session exists.
  /// - Throws: `modelUnreadable`; `providerUnavailable` if no provider can run the network.
  public convenience init(
    modelPath: String, runtime: InferenceRuntime, configuration: SessionConfiguration
  ) throws(InferenceError) {
    let file = modelPath.split(separator: "/").last.map(String.init) ?? modelPath
    let name = file.hasSuffix(".onnx") ? String(file.dropLast(5)) : file
    try self.init(.file(modelPath), name: name, runtime: runtime, configuration: configuration)
  }

  /// Creates a session of a network in memory.
  /// - Parameters:
  ///   - model: the bytes of an ONNX file; kept while there are providers left to fall back to.
  ///   - name: the network's name, used in messages.
  /// - Throws: `modelUnreadable`; `providerUnavailable` if no provider can run the network.
  public convenience init(
    model: [UInt8], name: String, runtime: InferenceRuntime, configuration: SessionConfiguration
  ) throws(InferenceError) {
    try self.init(.bytes(model), name: name, runtime: runtime, configuration: configuration)
  }

  private init(
    _ source: ModelSource, name: String, runtime: InferenceRuntime, configuration: SessionConfiguration
  ) throws(InferenceError) {
    try source.check(name: name)
    chain = try ProviderChain(name, providers: configuration.providers) { [runtime] in
      runtime.logFallback(from: $0, $1)
    } make: {
      provider, notes throws(InferenceError) in
      try Self.make(source, name, runtime, configuration, provider, &notes)
    }
    let session = chain.session
    self.name = name
    inputs = session.inputs
    outputs = session.outputs
  }

  private static func make(
    _ source: ModelSource, _ name: String, _ runtime: InferenceRuntime, _ configuration: SessionConfiguration,
    _ provider: ExecutionProvider, _ notes: inout [String]
  ) throws(InferenceError) -> ProviderSession {
    func make(allowsCPUFallback: Bool) throws(InferenceError) -> ProviderSession {
      try ProviderSession(
        source, name: name, runtime: runtime, configuration: configuration, provider: provider, allowsCPUFallback: allowsCPUFallback)
    }
    // Core ML takes seconds to compile a network and rarely supports all its operators. To avoid compiling it twice, its first session
    // already allows the CPU fallback.
    guard provider != .cpu, provider != .coreML else { return try make(allowsCPUFallback: true) }
    do throws(InferenceError) { return try make(allowsCPUFallback: false) } catch {
      guard error.code != .modelUnreadable else { throw error }
      let session = try make(allowsCPUFallback: true)
      notes.append("\(provider.displayName): cannot run all of the network; ONNX Runtime's CPU kernels run the rest (\(error))")
      return session
    }
  }

  /// Runs the network. Several threads may call this at the same time.
  /// - Parameters:
  ///   - inputs: each of the network's inputs by name; not copied.
  ///   - wanted: the names of the outputs to compute.
  /// - Returns: the wanted outputs, in the given order, in memory that ONNX Runtime allocated.
  /// - Throws: `nameMismatch`, `shapeMismatch`, `elementTypeUnsupported` if the call does not fit the network; `runFailed` if the network
  ///   failed on every remaining provider.
  public func run(_ inputs: [(String, Tensor)], outputs wanted: [String]) throws(InferenceError) -> [Tensor] {
    let tensors = try ordered(inputs)
    let indices = try wanted.map { output throws(InferenceError) in
      guard let index = outputs.firstIndex(where: { $0.name == output }) else {
        throw InferenceError(.nameMismatch, "\(name) has no output \"\(output)\", only \(Self.names(outputs))")
      }
      guard outputs[index].elementType == .float32 else {
        throw InferenceError(.elementTypeUnsupported, "\(name): the output \"\(output)\" is not of 32-bit floats")
      }
      return index
    }
    return try chain.run { session throws(InferenceError) in try session.run(tensors, wanted: indices) }
  }

  /// Returns the given tensors in the order of ``inputs``, after checking that each fits its input.
  private func ordered(_ given: [(String, Tensor)]) throws(InferenceError) -> [Tensor] {
    for (key, _) in given where !inputs.contains(where: { $0.name == key }) {
      throw InferenceError(.nameMismatch, "\(name) has no input \"\(key)\", only \(Self.names(inputs))")
    }
    return try inputs.map { input throws(InferenceError) in
      let tensors = given.filter { $0.0 == input.name }
      guard let tensor = tensors.first?.1, tensors.count == 1 else {
        throw InferenceError(.nameMismatch, "\(name): its input \"\(input.name)\" is given \(tensors.count) times instead of once")
      }
      guard input.elementType == .float32 else {
        throw InferenceError(.elementTypeUnsupported, "\(name): its input \"\(input.name)\" is not of 32-bit floats")
      }
      guard input.accepts(shape: tensor.shape) else {
        throw InferenceError(
          .shapeMismatch, "\(name) takes the input \(input), but was given a tensor of \(TensorDescription.text(tensor.shape))")
      }
      return tensor
    }
  }

  private static func names(_ list: [TensorDescription]) -> String { list.map { "\"\($0.name)\"" }.joined(separator: ", ") }
}
