import Foundation

/// The files of a folder in a set order.
enum FolderWalk {
  struct File: Sendable {
    let url: URL
    /// The folder that it lies in, relative to the one that was walked: empty, or like `2024/may`.
    let subfolder: String
  }

  /// What a walk has found.
  struct Listing: Sendable {
    var files: [File] = []
    /// Subfolders that cannot be read, and why; relative to the one that was walked.
    var unreadable: [(subfolder: String, error: SplitFaceError)] = []
  }

  /// Regular files, sorted by name, a folder's own before those of its subfolders. Hidden files and folders are left out; links to files
  /// are followed, links to folders are not, since they may lead in a circle.
  /// - Parameter entering: called with each folder before it is read.
  /// - Throws: `badInput` where the folder itself cannot be read.
  static func files(in folder: URL, recursive: Bool, entering: (URL) -> Void = { _ in }) throws(SplitFaceError) -> Listing {
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

  /// - Returns: names of the folders in it.
  private static func read(
    _ folder: URL, subfolder: String, into listing: inout Listing, entering: (URL) -> Void
  ) throws(SplitFaceError) -> [String] {
    entering(folder)
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: folder.path) } catch {
      let reason = FileManager.default.fileExists(atPath: folder.path) ? "cannot be read: \(error.localizedDescription)" : "does not exist"
      throw SplitFaceError(.badInput, "the folder \(folder.path) \(reason)", underlying: error)
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

  /// Links are not followed.
  private static func kind(of url: URL) -> FileAttributeType? {
    (try? FileManager.default.attributesOfItem(atPath: url.path))?[.type] as? FileAttributeType
  }
}
