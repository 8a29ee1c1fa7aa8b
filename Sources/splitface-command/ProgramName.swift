import ModelStore

/// The name of the program, and commands to suggest to the user.
enum ProgramName {
  /// The path by which the user called the program, quoted for a shell if necessary; `splitface` if the shell found it on the `PATH`.
  static let asCalled: String = {
    let path = CommandLine.arguments.first ?? "splitface"
    guard path.contains("/") else { return "splitface" }
    let isPlain = path.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0)) }
    return isPlain ? path : "'\(path.replacing("'", with: "'\\''"))'"
  }()

  /// Returns the command that installs a package of networks.
  static func installation(of package: ModelPackage) -> String {
    // Files that the publisher does not offer as separate downloads are installed by `make setup`.
    package.isDownloadable ? "\(asCalled) models install \(package.name)" : "make setup (in SplitFace's folder)"
  }
}
