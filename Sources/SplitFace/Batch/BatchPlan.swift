public import Foundation
import OutputFiles

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

    var subfolder: String { Self.subfolder(of: relativePath) }

    /// `2024/may` of `2024/may/visit.mov`; empty where there is none.
    static func subfolder(of path: String) -> String { path.split(separator: "/").dropLast().joined(separator: "/") }
  }
}

/// What is to be done with the files and folders that a user names.
public struct BatchPlan: Sendable {
  public let items: [BatchItem]
  /// What the user should know of inputs that were left out.
  public let notes: [String]

  /// Looks into folders. Nothing is written, but where an earlier run was killed while it moved a finished set to its place, that is done
  /// to its end.
  ///
  /// Named files that a manifest beside them lists as outputs are left out, as long as others are named: `visits/*.mp4` means the videos.
  ///
  /// - Parameters:
  ///   - inputs: videos, still pictures and folders.
  ///   - outputDirectory: where outputs go, those of a subfolder's videos into a subfolder of the same name; nil: beside each input.
  ///   - recursive: whether folders in folders are looked into.
  public init(inputs: [URL], outputDirectory: URL?, recursive: Bool) {
    func isFolder(_ input: URL) -> Bool {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: input.path, isDirectory: &isFolder) && isFolder.boolValue
    }
    let files = inputs.filter { !isFolder($0) }
    for folder in Set(files.map { $0.deletingLastPathComponent() }) { OutputSet.finishMoves(in: folder) }
    var outputs = inputs.count > 1 ? RunOutputs.outputs(among: files) : []
    if outputs.count == inputs.count { outputs = [] }
    notes = inputs.filter(outputs.contains).map { "\($0.relativePath) was left out: it is an output of an earlier run" }
    let items = inputs.filter { !outputs.contains($0) }.flatMap { input in
      isFolder(input)
        ? Self.items(in: input, outputDirectory: outputDirectory, recursive: recursive)
        : [
          BatchItem(
            input: input, name: input.relativePath, outputDirectory: outputDirectory ?? input.deletingLastPathComponent(), found: nil,
            problem: nil)
        ]
    }
    for folder in Set(items.map(\.outputDirectory)) { OutputSet.finishMoves(in: folder) }
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
      let listing = try VideoFolder.videos(in: folder, recursive: recursive)
      let unreadable = listing.unreadable.map { item($0.subfolder, subfolder: $0.subfolder, problem: $0.error) }
      guard listing.files.isEmpty else {
        return listing.files.map {
          let name = $0.url.lastPathComponent
          return item($0.subfolder.isEmpty ? name : "\($0.subfolder)/\(name)", subfolder: $0.subfolder)
        } + unreadable
      }
      let advice = recursive ? "" : "; use --recursive to look into its subfolders"
      return [item("", subfolder: "", problem: SplitFaceError(.badInput, "the folder \(folder.path) holds no video\(advice)"))] + unreadable
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
