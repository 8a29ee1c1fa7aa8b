/// The program's name in commands that are offered to the user.
enum ProgramName {
  /// As the user called it: what is not on the PATH is not found by its name alone.
  static let asCalled: String = {
    let path = CommandLine.arguments.first ?? "splitface"
    guard path.contains("/") else { return "splitface" }
    let isPlain = path.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0)) }
    return isPlain ? path : "'\(path.replacing("'", with: "'\\''"))'"
  }()

  /// A command of the library's texts, as the user has to call it.
  static func inCommand(_ text: String) -> String { text.replacing("splitface models ", with: "\(asCalled) models ") }
}
