package import Foundation

/// Lists the files of a folder, always in the same order.
package enum FolderWalk {
  package struct File: Sendable {
    package let url: URL
    /// The path of the file's folder, relative to the folder that was listed: `2024/may`, for instance, or empty for that folder itself.
    package let subfolder: String
  }

  /// The files that were found, and the subfolders that could not be read.
  package struct Listing: Sendable {
    package var files: [File] = []
    /// The paths of subfolders that cannot be read, relative to the folder that was listed, and the reasons.
    package var unreadable: [(subfolder: String, error: ResultsError)] = []
  }

  /// Lists regular files. They are sorted by name, and the files of a folder come before those of its subfolders.
  ///
  /// Hidden files and folders are left out. Links to files are followed. Links to folders are not, because they may lead back to a folder
  /// above.
  /// - Parameter entering: called with each folder before it is read.
  /// - Throws: `ResultsError.folderUnreadable` if the folder itself cannot be read.
  package static func files(in folder: URL, recursive: Bool, entering: (URL) -> Void = { _ in }) throws(ResultsError) -> Listing {
    var listing = Listing()
    let folders = try read(folder, subfolder: "", into: &listing, entering: entering)
    if recursive { descend(into: folders, of: folder, subfolder: "", &listing, entering) }
    return listing
  }

  private static func descend(
    into names: [String], of folder: URL, subfolder: String, _ listing: inout Listing, _ entering: (URL) -> Void
  ) {
    for name in names {
      let inner = folder.appending(path: name)
      let path = subfolder.isEmpty ? name : subfolder + "/" + name
      do {
        descend(into: try read(inner, subfolder: path, into: &listing, entering: entering), of: inner, subfolder: path, &listing, entering)
      } catch { listing.unreadable.append((path, error)) }
    }
  }

  /// Adds the folder's files to `listing`.
  /// - Returns: the names of the folder's subfolders.
  private static func read(
    _ folder: URL, subfolder: String, into listing: inout Listing, entering: (URL) -> Void
  ) throws(ResultsError) -> [String] {
    entering(folder)
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: folder.path) } catch {
      let reason = FileManager.default.fileExists(atPath: folder.path) ? "cannot be read: \(error.localizedDescription)" : "does not exist"
      throw ResultsError(.folderUnreadable, "the folder \(folder.path) \(reason)")
    }
    var folders: [String] = []
    for name in names.sorted() where !name.hasPrefix(".") {
      let url = folder.appending(path: name)
      switch kind(of: url) {
      case .typeRegular: listing.files.append(File(url: url, subfolder: subfolder))
      case .typeDirectory: folders.append(name)
      case .typeSymbolicLink:
        if kind(of: url.resolvingSymlinksInPath()) == .typeRegular { listing.files.append(File(url: url, subfolder: subfolder)) }
      default: break
      }
    }
    return folders
  }

  /// Returns the type of the file at `url`. Links are not followed.
  private static func kind(of url: URL) -> FileAttributeType? {
    (try? FileManager.default.attributesOfItem(atPath: url.path))?[.type] as? FileAttributeType
  }
}
