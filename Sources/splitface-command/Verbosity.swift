import Logging

/// How many messages are written to standard error.
enum Verbosity {
  /// Only errors.
  case quiet
  /// Errors, warnings, and what was done.
  case normal
  /// Errors, warnings, what was done, and the steps that the library logs.
  case verbose

  var logLevel: Logger.Level {
    switch self {
    case .quiet: .error
    case .normal: .warning
    case .verbose: .debug
    }
  }
}
