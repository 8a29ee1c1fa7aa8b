import Logging

/// A network that is ready to run.
///
/// It runs on the first of the configured providers that takes it. Should that one fail later, while running, the session is
/// made again on the next provider, once for each provider, with a warning in the log (for the first network that leaves a
/// provider, the others' at level info) and a line in ``providerNotes``.
public final class InferenceSession: Sendable {
  /// The network's name, for messages.
  public let name: String
  /// In the network's own order.
  public let inputs: [TensorDescription]
  /// In the network's own order.
  public let outputs: [TensorDescription]

  private let chain: ProviderChain<ProviderSession>

  /// Where the network runs now.
  public var provider: ExecutionProvider { chain.provider }

  /// What was tried and why it failed, and what is known to run elsewhere than on ``provider``; one line each.
  public var providerNotes: [String] { chain.notes }

  /// A session of the network in a file.
  /// - Parameter modelPath: an ONNX file, which must stay where it is as long as the session lives.
  /// - Throws: `modelUnreadable`; `providerUnavailable` when no provider takes the network.
  public convenience init(
    modelPath: String, runtime: InferenceRuntime, configuration: SessionConfiguration
  ) throws(InferenceError) {
    let file = modelPath.split(separator: "/").last.map(String.init) ?? modelPath
    let name = file.hasSuffix(".onnx") ? String(file.dropLast(5)) : file
    try self.init(.file(modelPath), name: name, runtime: runtime, configuration: configuration)
  }

  /// A session of a network in memory.
  /// - Parameters:
  ///   - model: ONNX bytes; kept while there are providers left to fall back to.
  ///   - name: for messages.
  /// - Throws: `modelUnreadable`; `providerUnavailable` when no provider takes the network.
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
      runtime.warn(leaving: $0, $1)
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
    func make(wholly: Bool) throws(InferenceError) -> ProviderSession {
      try ProviderSession(
        source, name: name, runtime: runtime, configuration: configuration, provider: provider, wholly: wholly)
    }
    // Core ML compiles for seconds and rarely takes all of a network, so it isn't made to do it twice.
    guard provider != .cpu, provider != .coreML else { return try make(wholly: false) }
    do throws(InferenceError) { return try make(wholly: true) } catch {
      guard error.code != .modelUnreadable else { throw error }
      let session = try make(wholly: false)
      notes.append("\(provider.displayName): does not take all of the network, ONNX Runtime's CPU kernels do the rest (\(error))")
      return session
    }
  }

  /// Runs the network. May be called from several threads at once.
  /// - Parameters:
  ///   - inputs: each of the network's inputs by name; not copied.
  ///   - wanted: names of outputs to compute.
  /// - Returns: the wanted outputs in that order, over ONNX Runtime's own memory.
  /// - Throws: `nameMismatch`, `shapeMismatch`, `elementTypeUnsupported` when the call does not fit the network; `runFailed`
  ///   when the network failed on every provider that is left.
  public func run(_ inputs: [(String, Tensor)], outputs wanted: [String]) throws(InferenceError) -> [Tensor] {
    let tensors = try ordered(inputs)
    let indices = try wanted.map { output throws(InferenceError) in
      guard let index = outputs.firstIndex(where: { $0.name == output }) else {
        throw InferenceError(.nameMismatch, "\(name) has no output \"\(output)\", only \(Self.names(outputs))")
      }
      guard outputs[index].elementType == .float32 else {
        throw InferenceError(.elementTypeUnsupported, "\(name): the output \"\(output)\" is not 32-bit floats")
      }
      return index
    }
    return try chain.run { session throws(InferenceError) in try session.run(tensors, wanted: indices) }
  }

  /// The tensors in the network's order, each of a fitting shape.
  private func ordered(_ given: [(String, Tensor)]) throws(InferenceError) -> [Tensor] {
    for (key, _) in given where !inputs.contains(where: { $0.name == key }) {
      throw InferenceError(.nameMismatch, "\(name) has no input \"\(key)\", only \(Self.names(inputs))")
    }
    return try inputs.map { input throws(InferenceError) in
      let tensors = given.filter { $0.0 == input.name }
      guard let tensor = tensors.first?.1, tensors.count == 1 else {
        throw InferenceError(.nameMismatch, "\(name): its input \"\(input.name)\" is given \(tensors.count) times, not once")
      }
      guard input.elementType == .float32 else {
        throw InferenceError(.elementTypeUnsupported, "\(name): its input \"\(input.name)\" is not 32-bit floats")
      }
      guard input.accepts(shape: tensor.shape) else {
        throw InferenceError(
          .shapeMismatch, "\(name): its input is \(input), but a tensor of \(TensorDescription.text(tensor.shape)) is given")
      }
      return tensor
    }
  }

  private static func names(_ list: [TensorDescription]) -> String { list.map { "\"\($0.name)\"" }.joined(separator: ", ") }
}
