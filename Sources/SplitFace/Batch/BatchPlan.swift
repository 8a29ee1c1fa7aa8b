public import Foundation

/// One video of a batch.
public struct BatchItem: Sendable {
  public let input: URL
  /// How messages name it: as the user did, or the named folder's path and what follows.
  public let name: String
  /// Where its outputs go.
  public let outputDirectory: URL
  /// Where it was found, for inputs that were not named themselves.
  public let found: Place?
  /// Why it cannot be worked on; nil for all that can be tried.
  public let problem: SplitFaceError?

  public struct Place: Sendable, Hashable {
    /// The folder that was named.
    public let root: URL
    /// The folder that its index is written to: the root, or the one that outputs go to.
    public let indexFolder: URL
    /// Of the file, from the root; outputs go to the same subfolder of the index's folder.
    public let relativePath: String

    var subfolder: String { relativePath.split(separator: "/").dropLast().joined(separator: "/") }
  }
}

/// What is to be done with the files and folders that a user names.
public struct BatchPlan: Sendable {
  public let items: [BatchItem]

  /// Looks into folders; nothing is written.
  ///
  /// - Parameters:
  ///   - inputs: videos, still pictures and folders.
  ///   - outputDirectory: where outputs go, those of a subfolder's videos into a subfolder of the same name; nil: beside each input.
  ///   - recursive: whether folders in folders are looked into.
  public init(inputs: [URL], outputDirectory: URL?, recursive: Bool) {
    var items: [BatchItem] = []
    for input in inputs {
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: input.path, isDirectory: &isFolder), isFolder.boolValue {
        items += Self.items(in: input, outputDirectory: outputDirectory, recursive: recursive)
      } else {
        items.append(
          BatchItem(
            input: input, name: input.relativePath, outputDirectory: outputDirectory ?? input.deletingLastPathComponent(), found: nil,
            problem: nil))
      }
    }
    self.items = Self.withoutClashes(items)
  }

  private static func items(in folder: URL, outputDirectory: URL?, recursive: Bool) -> [BatchItem] {
    let indexFolder = outputDirectory ?? folder
    func item(_ relativePath: String, subfolder: String, problem: SplitFaceError? = nil) -> BatchItem {
      let input = relativePath.isEmpty ? folder : folder.appending(path: relativePath)
      return BatchItem(
        input: input, name: input.relativePath, outputDirectory: subfolder.isEmpty ? indexFolder : indexFolder.appending(path: subfolder),
        found: relativePath.isEmpty ? nil : BatchItem.Place(root: folder, indexFolder: indexFolder, relativePath: relativePath),
        problem: problem)
    }
    do {
      let videos = try VideoFolder.videos(in: folder, recursive: recursive)
      guard videos.isEmpty else {
        return videos.map {
          let name = $0.url.lastPathComponent
          return item($0.subfolder.isEmpty ? name : "\($0.subfolder)/\(name)", subfolder: $0.subfolder)
        }
      }
      let advice = recursive ? "" : "; use --recursive to look into its subfolders"
      return [item("", subfolder: "", problem: SplitFaceError(.badInput, "the folder \(folder.path) holds no video\(advice)"))]
    } catch {
      return [item("", subfolder: "", problem: error)]
    }
  }

  /// Of inputs whose outputs would have the same names, the first keeps them.
  private static func withoutClashes(_ items: [BatchItem]) -> [BatchItem] {
    var earlier: [String: String] = [:]
    return items.map { item in
      guard item.problem == nil else { return item }
      let stem = item.input.deletingPathExtension().lastPathComponent
      let place = item.outputDirectory.absoluteURL.standardizedFileURL.appending(path: stem).path
      guard let other = earlier[place] else {
        earlier[place] = item.name
        return item
      }
      let problem = SplitFaceError(
        .outputExists, "\(item.name): its outputs would have the names of those of \(other); rename it, or give it another folder with -o")
      return BatchItem(input: item.input, name: item.name, outputDirectory: item.outputDirectory, found: item.found, problem: problem)
    }
  }
}
