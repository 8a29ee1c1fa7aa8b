import Foundation
import Synchronization

/// One network on the first of several providers that takes it, and on the next when that one fails while running.
///
/// Knows nothing of ONNX Runtime, so that failures that no machine shows on demand can be tested.
package final class ProviderChain<Session: Sendable>: Sendable {
  /// Makes a session on a provider; may leave a note on what is not as it should be.
  package typealias Maker = @Sendable (ExecutionProvider, _ notes: inout [String]) throws(InferenceError) -> Session

  private struct State {
    var session: Session
    var provider: ExecutionProvider
    var notes: [String]
    /// Providers that have not been tried.
    var remaining: ArraySlice<ExecutionProvider>
    /// Gone, with the network's bytes that it may hold, once there is nothing left to try.
    var make: Maker?
    /// Counts the changes of provider.
    var generation = 0
  }

  private let name: String
  private let state: Mutex<State>
  /// Held while a session is made again, so that threads that fail together do it once while others run on.
  private let recovery = Mutex<Void>(())
  private let warn: Warning

  /// Is told that a network changed its provider, which provider it left, and the words for it.
  package typealias Warning = @Sendable (_ failed: ExecutionProvider, _ message: String) -> Void

  package var session: Session { state.withLock { $0.session } }
  package var provider: ExecutionProvider { state.withLock { $0.provider } }
  package var notes: [String] { state.withLock { $0.notes } }

  /// - Parameters:
  ///   - name: the network's, for messages.
  ///   - warn: is told when the provider changes.
  /// - Throws: `modelUnreadable` as soon as `make` does; `providerUnavailable` when it throws for every provider.
  package init(
    _ name: String, providers: [ExecutionProvider], warn: @escaping Warning, make: @escaping Maker
  ) throws(InferenceError) {
    var notes: [String] = []
    var remaining = providers[...]
    guard let (session, provider) = try Self.next(&remaining, &notes, make) else {
      let reasons = notes.isEmpty ? "none was asked for" : notes.joined(separator: "; ")
      throw InferenceError(.providerUnavailable, "no execution provider takes the network \(name): \(reasons)")
    }
    self.name = name
    self.warn = warn
    state = Mutex(
      State(session: session, provider: provider, notes: notes, remaining: remaining, make: remaining.isEmpty ? nil : make))
  }

  /// A session on the first of the remaining providers that takes the network, or nil.
  private static func next(
    _ remaining: inout ArraySlice<ExecutionProvider>, _ notes: inout [String], _ make: Maker
  ) throws(InferenceError) -> (Session, ExecutionProvider)? {
    while let provider = remaining.popFirst() {
      do throws(InferenceError) { return (try make(provider, &notes), provider) } catch {
        // No other provider could read it either.
        guard error.code != .modelUnreadable else { throw error }
        notes.append("\(provider.displayName): \(error)")
      }
    }
    return nil
  }

  /// Does something with the session, and once more on the next provider if it fails with `runFailed`. If that succeeds, the
  /// chain stays there; if not, the provider was not to blame: all is left as it was, and the first error is thrown.
  package func run<R: Sendable>(_ body: (Session) throws(InferenceError) -> R) throws(InferenceError) -> R {
    let (session, generation) = state.withLock { ($0.session, $0.generation) }
    do throws(InferenceError) { return try body(session) } catch {
      guard error.code == .runFailed else { throw error }
      return try recovery.withLock { _ throws(InferenceError) in
        var state = state.withLock { $0 }
        // Another thread has changed the provider in the meantime.
        if state.generation != generation { return try body(state.session) }
        return try recover(from: error, &state, body)
      }
    }
  }

  private func recover<R: Sendable>(
    from error: InferenceError, _ next: inout State, _ body: (Session) throws(InferenceError) -> R
  ) throws(InferenceError) -> R {
    let failed = next.provider
    // Without the network's name, so that one reason of several networks is told once.
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
    warn(failed, "\(name) failed on \(failed.displayName) and runs on \(made.1.displayName) from here on: \(error)")
    return result
  }
}
