import Foundation
import Synchronization

/// Runs a network on the first of several providers that can run it, and switches to the next if the provider fails during a run.
///
/// It is independent of ONNX Runtime, so that tests can simulate failures that cannot be provoked on the machine.
package final class ProviderChain<Session: Sendable>: Sendable {
  /// Creates a session on a provider, and may add a note about a limitation.
  package typealias Maker = @Sendable (ExecutionProvider, _ notes: inout [String]) throws(InferenceError) -> Session

  private struct State {
    var session: Session
    var provider: ExecutionProvider
    var notes: [String]
    /// The providers that have not been tried.
    var remaining: ArraySlice<ExecutionProvider>
    /// Creates the next session. Set to nil once no provider is left to try, because the closure may retain the network's bytes.
    var make: Maker?
    /// The number of changes of provider so far.
    var generation = 0
  }

  private let name: String
  private let state: Mutex<State>
  /// Locked while a session is created on the next provider. If several threads fail at the same time, it is created only once. Other
  /// threads can still run.
  private let recovery = Mutex<Void>(())
  private let onFallback: FallbackHandler

  /// Called after a network has changed its provider, with the one that failed and a message about it.
  package typealias FallbackHandler = @Sendable (_ failed: ExecutionProvider, _ message: String) -> Void

  package var session: Session { state.withLock { $0.session } }
  package var provider: ExecutionProvider { state.withLock { $0.provider } }
  package var notes: [String] { state.withLock { $0.notes } }

  /// Creates a session on the first provider that can run the network.
  ///
  /// - Parameters:
  ///   - name: the network's name, used in messages.
  ///   - onFallback: called when the provider changes.
  /// - Throws: `modelUnreadable` as soon as `make` does; `providerUnavailable` if it throws for every provider.
  package init(
    _ name: String, providers: [ExecutionProvider], onFallback: @escaping FallbackHandler, make: @escaping Maker
  ) throws(InferenceError) {
    var notes: [String] = []
    var remaining = providers[...]
    guard let (session, provider) = try Self.next(&remaining, &notes, make) else {
      let reasons = notes.isEmpty ? "none was requested" : notes.joined(separator: "; ")
      throw InferenceError(.providerUnavailable, "no execution provider can run the network \(name): \(reasons)")
    }
    self.name = name
    self.onFallback = onFallback
    state = Mutex(
      State(session: session, provider: provider, notes: notes, remaining: remaining, make: remaining.isEmpty ? nil : make))
  }

  /// Creates a session on the first of the remaining providers that can run the network; nil if there is none.
  private static func next(
    _ remaining: inout ArraySlice<ExecutionProvider>, _ notes: inout [String], _ make: Maker
  ) throws(InferenceError) -> (Session, ExecutionProvider)? {
    while let provider = remaining.popFirst() {
      do throws(InferenceError) { return (try make(provider, &notes), provider) } catch {
        // Other providers could not read the model either.
        guard error.code != .modelUnreadable else { throw error }
        notes.append("\(provider.displayName): \(error)")
      }
    }
    return nil
  }

  /// Calls `body` with the session. If it throws `runFailed`, calls it once more with a session on the next provider. If the second call
  /// succeeds, the chain stays on the new provider. If not, the provider was not the cause: the chain does not change, and an error with
  /// both reasons is thrown.
  package func run<R: Sendable>(_ body: (Session) throws(InferenceError) -> R) throws(InferenceError) -> R {
    let (session, generation) = state.withLock { ($0.session, $0.generation) }
    do throws(InferenceError) { return try body(session) } catch {
      guard error.code == .runFailed else { throw error }
      return try recovery.withLock { _ throws(InferenceError) in
        var state = state.withLock { $0 }
        // Another thread changed the provider in the meantime.
        if state.generation != generation { return try body(state.session) }
        return try recover(from: error, &state, body)
      }
    }
  }

  private func recover<R: Sendable>(
    from error: InferenceError, _ next: inout State, _ body: (Session) throws(InferenceError) -> R
  ) throws(InferenceError) -> R {
    let failed = next.provider
    // Without the network's name, so that a reason that several networks have in common is shown once.
    let reason = error.message.replacingOccurrences(of: "running \(name) on \(failed.displayName): ", with: "")
    next.notes.append("\(failed.displayName): \(reason)")
    guard let make = next.make, let made = try Self.next(&next.remaining, &next.notes, make) else { throw error }
    let result: R
    do throws(InferenceError) { result = try body(made.0) } catch let second {
      throw InferenceError(error.code, "\(error.message); on \(made.1.displayName) too: \(second.message)")
    }
    (next.session, next.provider, next.generation) = (made.0, made.1, next.generation + 1)
    if next.remaining.isEmpty { next.make = nil }
    let state = next
    self.state.withLock { $0 = state }
    onFallback(failed, "\(name) failed on \(failed.displayName) and now runs on \(made.1.displayName): \(error)")
    return result
  }
}
