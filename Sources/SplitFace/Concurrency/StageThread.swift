import Foundation
import Synchronization

/// A thread for blocking work. Calls of FFmpeg and ONNX Runtime block, so they must not run in a `Task`, on a thread of Swift's pool.
///
/// `@unchecked Sendable` is safe because `done` is the only stored property, and the semaphore orders the thread's work before the end of
/// `join()`.
package final class StageThread: @unchecked Sendable {
  private let done = DispatchSemaphore(value: 0)

  /// Creates the thread and starts it.
  /// - Parameter name: the thread's name in debuggers and `top -H`.
  package init(name: String, body: @escaping @Sendable () -> Void) {
    let thread = Thread { [done] in
      body()
      done.signal()
    }
    thread.name = name
    // FFmpeg and x264 have large stack frames; the default for secondary threads on macOS is 512 KiB.
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Waits until the thread has ended. Call it at most once.
  func join() { done.wait() }

  /// Runs closures at the same time, each on a thread of its own, and waits for all of them.
  /// - Returns: the results, in the order of `bodies`.
  package static func sideBySide<Value: Sendable>(
    _ name: String, _ bodies: [@Sendable () throws -> Value]
  ) -> [Result<Value, any Error>] {
    let results = Mutex<[Int: Result<Value, any Error>]>([:])
    let threads = bodies.enumerated().map { index, body in
      StageThread(name: name) {
        let result = Result { try body() }
        results.withLock { $0[index] = result }
      }
    }
    for thread in threads { thread.join() }
    return bodies.indices.map { index in
      guard let result = results.withLock({ $0[index] }) else { preconditionFailure("a thread ended without a result") }
      return result
    }
  }
}
