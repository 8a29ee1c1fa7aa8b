import Dispatch
import Foundation
import Synchronization

/// Handles SIGINT and SIGTERM. The first signal stops the work that is being watched, so that the work can clean up. A second signal, or a
/// signal while nothing is watched, ends the process at once.
final class Interruption: Sendable {
  /// The exit code that shells use for a program that was ended by SIGINT.
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
      // The handler retains its own source, so that the source lives as long as the process.
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

  /// Watches work that has already been started.
  /// - Parameter stop: called on another thread when a signal arrives.
  func watch(_ stop: @escaping @Sendable () -> Void) { watch({}, stop: stop) }

  /// Stops watching. From then on, a signal ends the process at once.
  func unwatch() { state.withLock { $0.stop = nil } }

  /// Starts work and watches it. If a signal has already arrived, the process ends before anything is started.
  /// - Parameters:
  ///   - begin: starts the work.
  ///   - stop: called on another thread when a signal arrives; stops the work.
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
      // There is nothing to clean up. exit() would unload libraries that another thread may be using to load networks.
      // The lock is still held, so a thread that calls `watch` now waits for it and cannot start anything.
      _exit(Self.exitCode)
    }
    stop()
  }
}
