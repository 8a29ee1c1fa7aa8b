import Foundation

/// Writes results to standard output and messages to standard error.
enum Terminal {
  static func result(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  /// Writes one line; line breaks in it, for instance in a file name, become blanks.
  static func message(_ line: String) { write(line.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n") }

  /// An error with advice, as this program's own message.
  static func failure(_ error: any Error) { message("splitface: \(Advice.sentence(for: error))") }

  /// Writes to standard error as it is.
  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  static var errorIsTerminal: Bool { isatty(2) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb" }

  /// The text in red if standard error is a terminal and `NO_COLOR` is not set (https://no-color.org).
  static func highlighted(_ text: String) -> String {
    let refuses = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    return errorIsTerminal && !refuses ? "\u{1B}[31m\(text)\u{1B}[0m" : text
  }

  /// The width of the terminal at standard error, in columns.
  static var width: Int {
    var size = winsize()
    guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
