public import Foundation
import ModelStore
import VideoIO

/// The outputs of a finished job compared with its record.
public struct RunVerification: Sendable {
  /// How thoroughly outputs are checked.
  public enum Depth: Sendable {
    /// Checks that every output exists and has the recorded size. This is fast enough for finding out which videos of a folder are
    /// finished.
    case sizes
    /// Also checks the SHA-256 of every output, the number of frames of videos (by decoding them), and the number of rows of tables.
    case contents
  }

  /// The record, `<stem>_run.json`.
  public let file: URL
  /// The record's contents; nil if it cannot be read.
  public let record: RunRecord?
  /// The differences from the record, one line each; empty if everything is as recorded.
  public let problems: [String]

  /// Whether everything is as recorded.
  public var isIntact: Bool { problems.isEmpty }

  /// Checks the outputs that a record lists. They are expected in the record's folder.
  public init(of file: URL, depth: Depth = .contents) {
    self.file = file
    let result: StoredResult
    do { result = try StoredResult(recordFile: file) } catch {
      record = nil
      problems = [error.message]
      return
    }
    record = result.record
    problems =
      result.record.outputs.isEmpty
      ? ["the record lists no outputs"]
      : result.record.outputs.compactMap { output in
        Self.problem(with: output, of: result, depth: depth).map { "\(output.file) \($0)" }
      }
  }

  private static func problem(with output: RunRecord.Output, of result: StoredResult, depth: Depth) -> String? {
    guard let url = result.url(of: output) else { return "is not in the record's folder" }
    let attributes = try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path)
    guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular else { return "is missing" }
    let bytes = (attributes[.size] as? NSNumber)?.intValue ?? 0
    guard bytes == output.bytes else { return "has \(bytes) bytes, but \(output.bytes) were written" }
    if let frames = output.frames, frames != result.record.frames.read {
      return "was written with \(frames) frames, but \(result.record.frames.read) were read"
    }
    guard depth == .contents else { return nil }
    do {
      let sha256 = try FileChecksum.sha256(of: url)
      guard sha256 == output.sha256 else { return "was changed: its SHA-256 is \(sha256), but \(output.sha256) was recorded" }
      if let frames = output.frames {
        let found = try frameCount(of: url)
        guard found == frames else { return "has \(found) frames, but \(frames) were written" }
      }
      if let rows = output.rows {
        let found = try rowCount(of: url)
        guard found == rows else { return "has \(found) rows, but \(rows) were written" }
      }
    } catch { return "cannot be read: \(error)" }
    return nil
  }

  private static func frameCount(of url: URL) throws(VideoError) -> Int {
    let reader = try VideoReader(path: url.path, options: VideoReaderOptions(wantsAudio: false))
    while try reader.next() != nil {}
    return reader.frameCount
  }

  /// Counts the lines below the header. This is the number of rows, because fields of tables with one row per frame contain no line breaks.
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
