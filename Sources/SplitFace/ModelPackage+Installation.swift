package import ModelStore

extension ModelPackage {
  /// The command that installs the package.
  package var installation: String { isDownloadable ? "splitface models install \(name)" : "make setup (in SplitFace's folder)" }
}
