import CONNXRuntime
import Logging

/// Takes ONNX Runtime's own messages to the program's log; by itself it prints them to standard error, through progress bars.
final class RuntimeLogSink: Sendable {
  private let logger: Logger

  init(_ logger: Logger) { self.logger = logger }

  /// What ONNX Runtime calls, from any of its threads.
  static let receive: SFOrtLoggingFunction = { parameter, severity, _, _, _, message in
    guard let parameter else { return }
    let sink = Unmanaged<RuntimeLogSink>.fromOpaque(parameter).takeUnretainedValue()
    // Failures reach callers as errors with the same words, so that only what ends the process is worth a line of its own.
    sink.logger.log(level: severity >= SF_ORT_SEVERITY_FATAL ? .error : .debug, "\(String(cString: message))")
  }
}
