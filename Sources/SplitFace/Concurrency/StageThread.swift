import Foundation

/// A thread of our own that does one stage's blocking work. Never a bare `Task`: FFmpeg and ONNX Runtime block.
final class StageThread: @unchecked Sendable {  // `done` orders the thread's end before `join()` returns; nothing else is shared.
  private let done = DispatchSemaphore(value: 0)

  /// Starts at once.
  /// - Parameter name: shown by debuggers and `top -H`.
  init(name: String, body: @escaping @Sendable () -> Void) {
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
}
