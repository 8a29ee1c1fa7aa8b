import Logging
import Synchronization

/// A network that is ready to run.
///
/// It runs on the first of the configured providers that takes it. Should that one fail later, while running, the session is
/// made again on the next provider, once for each provider, with a warning in the log and a line in ``providerNotes``.
public final class InferenceSession: Sendable {
  /// The network's name, for messages.
  public let name: String
  /// In the network's own order.
  public let inputs: [TensorDescription]
  /// In the network's own order.
  public let outputs: [TensorDescription]

  private struct State {
    var session: ProviderSession
    var notes: [String]
    /// Providers that have not been tried.
    var remaining: ArraySlice<ExecutionProvider>
    /// What to make the session from again; nil when there is nothing left to try.
    var source: ModelSource?
  }

  private let state: Mutex<State>
  /// Held while a session is made again, so that threads that fail together do it once and others run on meanwhile.
  private let recovery = Mutex<Void>(())
  private let runtime: InferenceRuntime
  private let configuration: SessionConfiguration

  /// Where the network runs now.
  public var provider: ExecutionProvider { state.withLock { $0.session.provider } }

  /// What was tried and why it failed, and what is known to run elsewhere than on ``provider``; one line each.
  public var providerNotes: [String] { state.withLock { $0.notes } }

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
    var notes: [String] = []
    var remaining = configuration.providers[...]
    let session = try Self.next(&remaining, &notes, source, name: name, runtime: runtime, configuration: configuration)
    guard let session else {
      let reasons = notes.isEmpty ? "none was asked for" : notes.joined(separator: "; ")
      throw InferenceError(.providerUnavailable, "no execution provider takes the network \(name): \(reasons)")
    }
    self.name = name
    self.runtime = runtime
    self.configuration = configuration
    inputs = session.inputs
    outputs = session.outputs
    state = Mutex(State(session: session, notes: notes, remaining: remaining, source: remaining.isEmpty ? nil : source))
  }

  /// Makes a session on the first of the remaining providers that takes the network, or nil.
  private static func next(
    _ remaining: inout ArraySlice<ExecutionProvider>, _ notes: inout [String], _ source: ModelSource, name: String,
    runtime: InferenceRuntime, configuration: SessionConfiguration
  ) throws(InferenceError) -> ProviderSession? {
    while let provider = remaining.popFirst() {
      func make(wholly: Bool) throws(InferenceError) -> ProviderSession {
        try ProviderSession(
          source, name: name, runtime: runtime, configuration: configuration, provider: provider, wholly: wholly)
      }
      do throws(InferenceError) {
        // Core ML compiles for seconds and rarely takes all of a network, so it isn't made to do it twice.
        guard provider != .cpu, provider != .coreML else { return try make(wholly: false) }
        do throws(InferenceError) { return try make(wholly: true) } catch {
          guard error.code != .modelUnreadable else { throw error }
          let session = try make(wholly: false)
          notes.append("\(provider.displayName): only part of the network runs there, at most (\(error))")
          return session
        }
      } catch {
        // No other provider would read it either.
        guard error.code != .modelUnreadable else { throw error }
        notes.append("\(provider.displayName): \(error)")
      }
    }
    return nil
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
    let session = state.withLock { $0.session }
    do { return try session.run(tensors, wanted: indices) } catch {
      return try recover(from: error, of: session, tensors, indices)
    }
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

  /// Runs again on the next provider, and stays there if that one succeeds.
  private func recover(
    from error: InferenceError, of failed: ProviderSession, _ tensors: [Tensor], _ wanted: [Int]
  ) throws(InferenceError) -> [Tensor] {
    guard error.code == .runFailed else { throw error }
    return try recovery.withLock { _ throws(InferenceError) in
      let current = state.withLock { $0.session }
      if current !== failed { return try current.run(tensors, wanted: wanted) }
      var (notes, remaining, source) = state.withLock { ($0.notes, $0.remaining, $0.source) }
      notes.append("\(failed.provider.displayName): failed while running (\(error))")
      guard let model = source else { throw error }
      let next = try Self.next(&remaining, &notes, model, name: name, runtime: runtime, configuration: configuration)
      guard let next else { throw error }
      // A network that fails on the next provider too is not the first one's fault: nothing changes.
      let results = try next.run(tensors, wanted: wanted)
      if remaining.isEmpty { source = nil }
      let state = State(session: next, notes: notes, remaining: remaining, source: source)
      self.state.withLock { $0 = state }
      runtime.logger.warning(
        "\(name) failed on \(failed.provider.displayName) and runs on \(next.provider.displayName) from here on",
        metadata: ["reason": "\(error)"])
      return results
    }
  }
}
