import Foundation

/// The files of a folder in a set order.
enum FolderWalk {
  struct File: Sendable {
    let url: URL
    /// The folder that it lies in, relative to the one that was walked: empty, or like `2024/may`.
    let subfolder: String
  }

  /// Regular files, sorted by name, a folder's own before those of its subfolders. Hidden files and folders are left out; links to files
  /// are followed, links to folders are not, since they may lead in a circle.
  /// - Throws: `badInput` where the folder cannot be read.
  static func files(in folder: URL, recursive: Bool) throws(SplitFaceError) -> [File] { try files(in: folder, subfolder: "", recursive) }

  private static func files(in folder: URL, subfolder: String, _ recursive: Bool) throws(SplitFaceError) -> [File] {
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: folder.path) } catch {
      let reason = FileManager.default.fileExists(atPath: folder.path) ? "cannot be read: \(error.localizedDescription)" : "does not exist"
      throw SplitFaceError(.badInput, "the folder \(folder.path) \(reason)", underlying: error)
    }
    var files: [File] = []
    var folders: [String] = []
    for name in names.sorted() where !name.hasPrefix(".") {
      let url = folder.appending(path: name)
      switch kind(of: url) {
      case .typeRegular: files.append(File(url: url, subfolder: subfolder))
      case .typeDirectory: folders.append(name)
      case .typeSymbolicLink:
        if kind(of: url.resolvingSymlinksInPath()) == .typeRegular { files.append(File(url: url, subfolder: subfolder)) }
      default: break
      }
    }
    guard recursive else { return files }
    for name in folders {
      files += try self.files(in: folder.appending(path: name), subfolder: subfolder.isEmpty ? name : subfolder + "/" + name, true)
    }
    return files
  }

  /// Links are not followed.
  private static func kind(of url: URL) -> FileAttributeType? {
    (try? FileManager.default.attributesOfItem(atPath: url.path))?[.type] as? FileAttributeType
  }
}
