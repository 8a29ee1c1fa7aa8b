import Dispatch
import Foundation
import Synchronization

/// From its making on, SIGINT and SIGTERM stop what is being watched instead of ending the process, so that it can clear up;
/// while nothing is watched, and the second time, they end the process at once.
final class Interruption: Sendable {
  /// What a shell reports for a program that was ended by SIGINT.
  static let exitCode: Int32 = 130

  private struct State {
    var stop: (@Sendable () -> Void)?
    var happened = false
  }

  private let state = Mutex(State())

  /// Made once in the life of the process.
  init() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInitiated))
      // The handler holds its source, which lives as long as the process.
      source.setEventHandler { [self] in
        withExtendedLifetime(source) {
          signal(number, SIG_DFL)
          interrupt()
        }
      }
      source.resume()
    }
  }

  /// Whether a signal has come.
  var happened: Bool { state.withLock { $0.happened } }

  /// - Parameter stop: called, from another thread, when a signal comes.
  func watch(_ stop: @escaping @Sendable () -> Void) { watch({}, stop: stop) }

  /// From now on there is nothing to clear up.
  func unwatch() { state.withLock { $0.stop = nil } }

  /// Begins what a signal is to stop. Where one came before, the process ends and nothing is begun.
  func watch<Work: Sendable>(_ begin: () -> Work, stop: @escaping @Sendable (Work) -> Void) -> Work {
    state.withLock { state in
      let work = begin()
      state.stop = { stop(work) }
      return work
    }
  }

  private func interrupt() {
    let stop = state.withLock { state -> @Sendable () -> Void in
      state.happened = true
      if let stop = state.stop { return stop }
      Terminal.message("splitface: interrupted")
      // Nothing of ours is to be cleared up, and exit() would take the libraries down under a thread that loads networks.
      // Under the lock: who has loaded them meanwhile waits for it in `watch`, and begins nothing.
      _exit(Self.exitCode)
    }
    stop()
  }
}
