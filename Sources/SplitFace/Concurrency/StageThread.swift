import Foundation
import Synchronization

/// A thread of our own that does one stage's blocking work. Never a bare `Task`: FFmpeg and ONNX Runtime block.
package final class StageThread: @unchecked Sendable {  // `done` orders the thread's end before `join()` returns; nothing else is shared.
  private let done = DispatchSemaphore(value: 0)

  /// Starts at once.
  /// - Parameter name: shown by debuggers and `top -H`.
  package init(name: String, body: @escaping @Sendable () -> Void) {
    let thread = Thread { [done] in
      body()
      done.signal()
    }
    thread.name = name
    // FFmpeg's and x264's frames are large; the platform's default for secondary threads on macOS is 512 KiB.
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Waits for the end. Called once.
  func join() { done.wait() }

  /// Runs bodies side by side, each on a thread of its own, and waits for all of them.
  /// - Returns: what each gave or threw, in the bodies' order.
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
