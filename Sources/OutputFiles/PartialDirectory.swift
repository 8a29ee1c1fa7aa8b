package import Foundation

/// A directory that appears under its name only when all of its files are written.
///
/// Unless `commit(unless:)` is called, it is removed with everything in it when the value is destroyed.
package struct PartialDirectory: ~Copyable {
  private let url: URL
  private let partial: URL

  /// Creates an empty directory under a partial name beside `url`, and its missing parent directories.
  /// - Throws: `OutputFilesError.Code.folderUnavailable`.
  package init(_ url: URL) throws(OutputFilesError) {
    self.url = url
    partial = URL(filePath: PartialPath.make(for: url.path), directoryHint: .isDirectory)
    var directories = CreatedDirectories()
    try directories.create(partial)
  }

  deinit { try? FileManager.default.removeItem(at: partial) }

  /// Begins a file of the directory. The file must be committed before the directory.
  /// - Throws: `OutputFilesError.Code.cannotWrite`.
  package func file(_ name: String) throws(OutputFilesError) -> PartialFile { try PartialFile(path: partial.appending(path: name).path) }

  /// Gives the directory its name.
  ///
  /// If another process was faster, its directory stays and this one is removed.
  /// - Parameter isComplete: called if a directory already has the name, to find out whether it is complete. An incomplete one is replaced.
  /// - Throws: `OutputFilesError.Code.cannotWrite`.
  package consuming func commit(unless isComplete: () -> Bool) throws(OutputFilesError) {
    do { try Durability.replace(url.path, with: partial.path) } catch {
      if isComplete() { return }
      try? FileManager.default.removeItem(at: url)
      do { try Durability.replace(url.path, with: partial.path) } catch {
        guard isComplete() else { throw error }
      }
    }
  }
}
