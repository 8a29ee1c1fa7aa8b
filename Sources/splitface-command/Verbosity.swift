import Logging

/// How much is written to standard error.
enum Verbosity {
  /// Only failures.
  case quiet
  /// What was done, and warnings.
  case normal
  /// What was done, warnings, and the steps that the library logs.
  case verbose

  var logLevel: Logger.Level {
    switch self {
    case .quiet: .error
    case .normal: .warning
    case .verbose: .debug
    }
  }
}
