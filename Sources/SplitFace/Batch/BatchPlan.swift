public import Foundation
import OutputFiles
public import Results

/// One video of a batch.
public struct BatchItem: Sendable {
  public let input: URL
  /// The video's name in messages: its path. It begins with the path of the file or folder as the user gave it.
  public let name: String
  /// The folder for the video's outputs.
  public let outputDirectory: URL
  /// The video's place in a folder that the user named; nil if the user named the video itself.
  public let found: Place?
  /// The reason why the video cannot be processed; nil if none is known yet.
  public let problem: SplitFaceError?

  /// The place of a video in a folder that the user named.
  public struct Place: Sendable, Hashable {
    /// The folder that the user named.
    public let root: URL
    /// The folder that the index is written to: the job's output folder, or `root` if the job names none.
    public let indexFolder: URL
    /// The video's path relative to `root`. The video's outputs go to the subfolder of `indexFolder` that has the same relative path.
    public let relativePath: String

    var subfolder: String { Self.subfolder(of: relativePath) }

    /// The folder part of a path: `2024/may` for `2024/may/visit.mov`, empty for `visit.mov`.
    static func subfolder(of path: String) -> String { path.split(separator: "/").dropLast().joined(separator: "/") }
  }
}

/// The videos of a job: its inputs, with each folder replaced by the videos in it.
public struct BatchPlan: Sendable {
  /// The job to run on each of the videos.
  public let spec: JobSpec
  public let items: [BatchItem]
  /// Messages for the user about inputs that were left out, one sentence each.
  public let notes: [String]

  /// Lists the videos of a job.
  ///
  /// With a pattern such as `visits/*.mp4`, the shell also names the outputs of earlier runs. An input is therefore left out if a record in
  /// its folder lists it as an output, unless that is true of all inputs. The outputs for the videos in a subfolder of an input folder go
  /// into a subfolder of the output folder with the same name.
  ///
  /// Nothing is written, with one exception: if an earlier run was killed while it moved its finished outputs into place, the move is
  /// completed.
  public init(_ spec: JobSpec) {
    self.spec = spec
    let (inputs, outputDirectory, recursive) = (spec.inputs, spec.output, spec.recursive)
    func isFolder(_ input: URL) -> Bool {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: input.path, isDirectory: &isFolder) && isFolder.boolValue
    }
    let files = inputs.filter { !isFolder($0) }
    for folder in Set(files.map { $0.deletingLastPathComponent() }) { OutputSet.finishMoves(in: folder) }
    var outputs = inputs.count > 1 ? RunOutputs.outputs(among: files) : []
    if outputs.count == inputs.count { outputs = [] }
    notes = inputs.filter(outputs.contains).map { "\($0.relativePath) was left out because it is an output of an earlier run" }
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
      let unreadable = listing.unreadable.map {
        item($0.subfolder, subfolder: $0.subfolder, problem: SplitFaceError(.badInput, "\($0.error)", underlying: $0.error))
      }
      guard listing.files.isEmpty else {
        return listing.files.map {
          let name = $0.url.lastPathComponent
          return item($0.subfolder.isEmpty ? name : "\($0.subfolder)/\(name)", subfolder: $0.subfolder)
        } + unreadable
      }
      return [
        item("", subfolder: "", problem: SplitFaceError(recursive ? .badInput : .noVideo, "the folder \(folder.path) contains no video"))
      ] + unreadable
    } catch { return [item("", subfolder: "", problem: SplitFaceError(.badInput, "\(error)", underlying: error))] }
  }

  /// Marks an item as a problem if its outputs would have the same names as those of an earlier item.
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
        .namesClash, "the outputs of \(item.name) would have the same names as those of \(other)")
      return BatchItem(input: item.input, name: item.name, outputDirectory: item.outputDirectory, found: item.found, problem: problem)
    }
  }
}
