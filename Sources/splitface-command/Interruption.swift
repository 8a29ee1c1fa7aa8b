import Dispatch
import Foundation

/// While it lives, SIGINT and SIGTERM call an action instead of ending the process; the second one ends it at once.
final class Interruption {
  private var sources: [any DispatchSourceSignal] = []
  private static let signals = [SIGINT, SIGTERM]

  init(_ action: @escaping @Sendable () -> Void) {
    for number in Self.signals {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        action()
        signal(number, SIG_DFL)
      }
      source.resume()
      sources.append(source)
    }
  }

  func end() {
    for source in sources { source.cancel() }
    for number in Self.signals { signal(number, SIG_DFL) }
  }
}
