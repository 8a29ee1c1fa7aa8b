import Logging

/// How much is said on standard error.
enum Verbosity {
  /// Failures only.
  case quiet
  /// What was done, and warnings.
  case normal
  /// Also what the library logs of its steps.
  case verbose

  var logLevel: Logger.Level {
    switch self {
    case .quiet: .error
    case .normal: .warning
    case .verbose: .debug
    }
  }
}
