public import Foundation
import Measures
import OutputFiles
import Report
import Results

/// The index of a folder's results: `index.html` and `index.csv`.
///
/// It lists the results of this run, and those of earlier runs in the same folder and its subfolders, so that no result disappears from the
/// index. Write the index after each video: if the run is then killed, the finished videos are still listed.
public struct BatchIndex: Sendable {
  static let page = "index.html"
  static let table = "index.csv"

  /// The index of one folder.
  private struct Folder: Sendable {
    var title: String
    /// The entries, by the path of the video relative to the folder.
    var entries: [String: IndexEntry] = [:]
  }

  private var folders: [URL: Folder] = [:]

  /// Creates the index with the results of earlier runs in the folders of the plan. Nothing is written yet.
  public init(_ plan: BatchPlan) {
    for (indexFolder, places) in Dictionary(grouping: plan.items.compactMap(\.found), by: \.indexFolder) {
      var folder = Folder(title: places.first?.root.absoluteURL.standardizedFileURL.lastPathComponent ?? "")
      for subfolder in Self.subfolders(of: indexFolder, places) {
        let place = subfolder.isEmpty ? indexFolder : indexFolder.appending(path: subfolder)
        // An output folder may not exist yet.
        for file in (try? FolderWalk.files(in: place, recursive: false))?.files ?? [] {
          guard file.url.lastPathComponent.hasSuffix(RunRecord.suffix), let entry = Self.entry(earlier: file.url, in: subfolder)
          else {
            continue
          }
          folder.entries[entry.file] = Self.joined(entry, folder.entries[entry.file])
        }
      }
      folders[indexFolder] = folder
    }
  }

  /// The subfolders in which earlier runs may have left results: those of this run's videos, and those of the videos in the existing index.
  ///
  /// Other subfolders are not searched, because there may be very many, for instance in the user's home folder.
  private static func subfolders(of indexFolder: URL, _ places: [BatchItem.Place]) -> Set<String> {
    let listed = (try? StoredTable(contentsOf: indexFolder.appending(path: table))).map(IndexTable.files) ?? []
    // Anyone may have changed the table. Its paths must not lead to a search outside the folder.
    let earlier = listed.map(BatchItem.Place.subfolder).filter { !$0.split(separator: "/").contains("..") }
    return Set([""] + places.map(\.subfolder) + earlier)
  }

  /// Adds the outcome for a video. If the video was interrupted, the entry of an earlier run is kept.
  public mutating func add(_ outcome: BatchOutcome) {
    guard let place = outcome.item.found, let entry = Self.entry(outcome, place) else { return }
    let earlier = folders[place.indexFolder]?.entries[place.relativePath]
    folders[place.indexFolder]?.entries[place.relativePath] = Self.joined(entry, earlier)
  }

  /// Adds the report and findings of an earlier entry to a video's new entry if the new entry has no report, as after an `extract` job.
  private static func joined(_ entry: IndexEntry, _ earlier: IndexEntry?) -> IndexEntry {
    guard let earlier, earlier.report != nil, entry.report == nil, entry.state != .failed else { return entry }
    var entry = entry
    (entry.report, entry.findings, entry.isCompared) = (earlier.report, earlier.findings, earlier.isCompared)
    return entry
  }

  /// Writes an index for each folder that the user named. Videos are listed in the order of their paths.
  /// - Returns: the files that were written.
  /// - Throws: `foreignFile` if `index.html` or `index.csv` exists and was not written by SplitFace; `outputUnavailable` if writing fails.
  public func write() throws(SplitFaceError) -> [URL] {
    var written: [URL] = []
    for (url, folder) in folders.sorted(by: { $0.key.path < $1.key.path }) where !folder.entries.isEmpty {
      let entries = folder.entries.sorted { $0.key < $1.key }.map(\.value)
      written.append(
        try Self.write(
          IndexPage.html(title: folder.title, entries: entries, version: SplitFaceVersion.current), to: url.appending(path: Self.page),
          mark: "content=\"SplitFace"))
      written.append(
        try Self.write(IndexTable.csv(entries), to: url.appending(path: Self.table), mark: IndexTable.mark))
    }
    return written
  }

  /// Writes a file. An existing file is replaced only if SplitFace wrote it.
  /// - Parameter mark: text that occurs near the start of the file if SplitFace wrote it.
  private static func write(_ text: String, to url: URL, mark: String) throws(SplitFaceError) -> URL {
    if let old = try? FileHandle(forReadingFrom: url) {
      defer { try? old.close() }
      let start = String(decoding: (try? old.read(upToCount: 4096)) ?? Data(), as: UTF8.self)
      guard start.contains(mark) else {
        throw SplitFaceError(.foreignFile, "\(url.path) exists already and was not written by SplitFace, so it was not replaced")
      }
    }
    do { try PartialFile.write(Array(text.utf8), to: url.path, creatingDirectories: true) } catch { throw SplitFaceError(error) }
    return url
  }

  private static func entry(_ outcome: BatchOutcome, _ place: BatchItem.Place) -> IndexEntry? {
    let folder = outcome.item.outputDirectory
    return switch outcome.state {
    case .cancelled: nil
    case .failed(let error): IndexEntry(file: place.relativePath, state: .failed, reason: "\(error)", seconds: outcome.seconds)
    case .done(let result): entry(place.relativePath, place.subfolder, .done, nil, result.record, folder: folder)
    case .skipped(let run, let reason): entry(place.relativePath, place.subfolder, .skipped, reason, run, folder: folder)
    }
  }

  /// The entry for the result of an earlier run; nil if the record cannot be read.
  private static func entry(earlier record: URL, in subfolder: String) -> IndexEntry? {
    let verification = RunVerification(of: record, depth: .sizes)
    guard let run = verification.record else { return nil }
    let name = URL(filePath: run.input.path).lastPathComponent
    let path = subfolder.isEmpty ? name : "\(subfolder)/\(name)"
    guard verification.isIntact else {
      return IndexEntry(file: path, state: .failed, reason: verification.problems.joined(separator: "; "))
    }
    return entry(path, subfolder, .skipped, "finished by an earlier run", run, folder: record.deletingLastPathComponent())
  }

  private static func entry(
    _ path: String, _ subfolder: String, _ state: IndexEntry.State, _ reason: String?, _ run: RunRecord, folder: URL
  ) -> IndexEntry {
    func output(_ suffix: String) -> String? { run.outputs.map(\.file).first { $0.hasSuffix(suffix) } }
    let prefix = subfolder.isEmpty ? "" : subfolder + "/"
    let findings = try? StoredResult(run, in: folder).findings()
    return IndexEntry(
      file: path, state: state, reason: reason, frames: run.frames.read, framesWithFace: run.frames.withFace, seconds: run.time.wall,
      report: output("_report.html").map { prefix + $0 }, findings: findings ?? [], isCompared: findings != nil)
  }
}
