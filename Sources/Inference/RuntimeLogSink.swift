import CONNXRuntime
import Logging

/// Forwards ONNX Runtime's messages to the program's log. ONNX Runtime's own logger would print them to standard error, into the middle of
/// a progress bar.
final class RuntimeLogSink: Sendable {
  private let logger: Logger

  init(_ logger: Logger) { self.logger = logger }

  /// The function that ONNX Runtime calls from any of its threads, with the sink as its parameter.
  static let receive: SFOrtLoggingFunction = { parameter, severity, _, _, _, message in
    guard let parameter else { return }
    let sink = Unmanaged<RuntimeLogSink>.fromOpaque(parameter).takeUnretainedValue()
    // Failures reach the callers as errors with the same text, so only fatal messages are logged as errors here.
    sink.logger.log(level: severity >= SF_ORT_SEVERITY_FATAL ? .error : .debug, "\(String(cString: message))")
  }
}
