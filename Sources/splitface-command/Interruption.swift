import Dispatch
import Foundation
import Synchronization

/// Handles SIGINT and SIGTERM: the first one stops the work being watched, so that it can clean up. While nothing is watched, and the
/// second time, they end the process at once.
final class Interruption: Sendable {
  /// The exit code that a shell reports for a program that was ended by SIGINT.
  static let exitCode: Int32 = 130

  private struct State {
    var stop: (@Sendable () -> Void)?
    var happened = false
  }

  private let state = Mutex(State())

  /// Installs the handlers. Call it only once in a process.
  init() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInitiated))
      // The handler retains its source for the life of the process.
      source.setEventHandler { [self] in
        withExtendedLifetime(source) {
          signal(number, SIG_DFL)
          interrupt()
        }
      }
      source.resume()
    }
  }

  /// Whether a signal has arrived.
  var happened: Bool { state.withLock { $0.happened } }

  /// Watches work that is under way.
  /// - Parameter stop: called on another thread when a signal arrives.
  func watch(_ stop: @escaping @Sendable () -> Void) { watch({}, stop: stop) }

  /// Ends the watch. From then on, a signal ends the process at once.
  func unwatch() { state.withLock { $0.stop = nil } }

  /// Starts the work that a signal is to stop. If a signal has arrived before, the process ends and nothing is started.
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
      // There is nothing to clean up, and exit() would unload libraries while another thread may be loading networks with them.
      // This runs under the lock: a thread that has just loaded them waits for it in `watch` and starts nothing.
      _exit(Self.exitCode)
    }
    stop()
  }
}
