public import Foundation
import ModelStore
import VideoIO

/// A finished set of outputs held against its manifest.
public struct RunVerification: Sendable {
  /// How closely it is looked at.
  public enum Depth: Sendable {
    /// Every output is there and has the size that was written: a look at the folder, for resuming.
    case sizes
    /// Also its SHA-256, the frames of videos (all are decoded) and the rows of tables (all are counted).
    case contents
  }

  /// The `<stem>_run.json`.
  public let manifestFile: URL
  /// Nil where it cannot be read.
  public let manifest: RunManifest?
  /// What is wrong, a line each; empty for a whole set.
  public let problems: [String]

  public var isIntact: Bool { problems.isEmpty }

  /// What the manifest's name ends in.
  public static let suffix = "_run.json"

  public init(of manifestFile: URL, depth: Depth = .contents) {
    self.manifestFile = manifestFile
    do { manifest = try RunManifest.read(from: manifestFile) } catch {
      manifest = nil
      problems = ["\(manifestFile.lastPathComponent) is not a manifest that can be read"]
      return
    }
    let folder = manifestFile.deletingLastPathComponent()
    var problems: [String] = []
    if let manifest {
      if manifest.outputs.isEmpty { problems.append("the manifest lists no outputs") }
      for output in manifest.outputs {
        if let problem = Self.problem(with: output, of: manifest, in: folder, depth: depth) { problems.append("\(output.file) \(problem)") }
      }
    }
    self.problems = problems
  }

  /// Manifests in a folder and below it, sorted by path; hidden folders are left out.
  /// - Throws: `badInput` where there is no such folder, or it or one below it cannot be read.
  public static func manifests(in folder: URL) throws(SplitFaceError) -> [URL] {
    let listing = try FolderWalk.files(in: folder, recursive: true)
    if let unreadable = listing.unreadable.first { throw unreadable.error }
    return listing.files.map(\.url).filter { $0.lastPathComponent.hasSuffix(suffix) }
  }

  private static func problem(with output: RunManifest.Output, of run: RunManifest, in folder: URL, depth: Depth) -> String? {
    // A manifest is a file like any other; it shall not make us read elsewhere.
    guard !output.file.contains("/"), output.file != "..", !output.file.isEmpty else { return "is not a name in the manifest's folder" }
    let url = folder.appending(path: output.file)
    let attributes = try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path)
    guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular else { return "is missing" }
    let bytes = (attributes[.size] as? NSNumber)?.intValue ?? 0
    guard bytes == output.bytes else { return "has \(bytes) bytes where \(output.bytes) were written" }
    if let frames = output.frames, frames != run.frames.read {
      return "was written with \(frames) frames where \(run.frames.read) were read"
    }
    guard depth == .contents else { return nil }
    do {
      let sha256 = try FileChecksum.sha256(of: url)
      guard sha256 == output.sha256 else { return "was changed: SHA-256 \(sha256), written was \(output.sha256)" }
      if let frames = output.frames {
        let found = try frameCount(of: url)
        guard found == frames else { return "has \(found) frames where \(frames) were written" }
      }
      if let rows = output.rows {
        let found = try rowCount(of: url)
        guard found == rows else { return "has \(found) rows where \(rows) were written" }
      }
    } catch { return "cannot be read: \(error)" }
    return nil
  }

  private static func frameCount(of url: URL) throws(VideoError) -> Int {
    let reader = try VideoReader(path: url.path, options: VideoReaderOptions(wantsAudio: false))
    while try reader.next() != nil {}
    return reader.frameCount
  }

  /// Lines below the header. Our tables have no line ends within fields.
  private static func rowCount(of url: URL) throws -> Int {
    let handle = try FileHandle(forReadingFrom: url)
    defer { try? handle.close() }
    var lines = 0
    while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
      lines += piece.count { $0 == UInt8(ascii: "\n") }
    }
    return max(0, lines - 1)
  }
}
