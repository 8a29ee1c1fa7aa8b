import Foundation

/// Writes results to standard output and messages to standard error.
enum Terminal {
  static func result(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  /// Writes one line to standard error. Line breaks within it, as in a file name, are replaced by spaces.
  static func message(_ line: String) { write(line.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n") }

  /// Writes an error to standard error, with advice about what to do.
  static func failure(_ error: any Error) { message("splitface: \(Advice.sentence(for: error))") }

  /// Writes text to standard error unchanged.
  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  static var errorIsTerminal: Bool { isatty(2) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb" }

  /// Returns the text in red if standard error is a terminal and `NO_COLOR` is not set (https://no-color.org), otherwise unchanged.
  static func highlighted(_ text: String) -> String {
    let refuses = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    return errorIsTerminal && !refuses ? "\u{1B}[31m\(text)\u{1B}[0m" : text
  }

  /// The width of the terminal that standard error is connected to, in columns; 80 if it is unknown.
  static var width: Int {
    var size = winsize()
    guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
