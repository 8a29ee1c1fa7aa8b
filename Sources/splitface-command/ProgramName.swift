import ModelStore

/// The program's name, and commands that are offered to the user.
enum ProgramName {
  /// The path by which the user called the program, quoted for a shell; just `splitface` if the shell found it on the PATH.
  static let asCalled: String = {
    let path = CommandLine.arguments.first ?? "splitface"
    guard path.contains("/") else { return "splitface" }
    let isPlain = path.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0)) }
    return isPlain ? path : "'\(path.replacing("'", with: "'\\''"))'"
  }()

  /// The command that installs a package of networks.
  static func installation(of package: ModelPackage) -> String {
    // Set-up installs the files that their publisher does not offer for download by themselves.
    package.isDownloadable ? "\(asCalled) models install \(package.name)" : "make setup (in SplitFace's folder)"
  }
}
