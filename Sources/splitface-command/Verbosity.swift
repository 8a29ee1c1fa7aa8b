import Logging

/// How much is written to standard error.
enum Verbosity {
  /// Failures only.
  case quiet
  /// What was done, and warnings.
  case normal
  /// Also the steps that the library logs.
  case verbose

  var logLevel: Logger.Level {
    switch self {
    case .quiet: .error
    case .normal: .warning
    case .verbose: .debug
    }
  }
}
