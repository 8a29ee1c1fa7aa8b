public import Foundation
import Report

/// The index over a folder's results: `index.html` and `index.csv`.
public enum BatchIndex {
  static let page = "index.html"
  static let table = "index.csv"

  /// Writes an index for each folder that was named, listing its videos in order.
  /// - Returns: the files that were written.
  /// - Throws: `outputExists` where a file of that name is not one of ours, `outputUnavailable`.
  public static func write(_ outcomes: [BatchOutcome]) throws(SplitFaceError) -> [URL] {
    var written: [URL] = []
    for folder in Set(outcomes.compactMap { $0.item.found?.indexFolder }).sorted(by: { $0.path < $1.path }) {
      let own = outcomes.filter { $0.item.found?.indexFolder == folder }.sorted { $0.item.name < $1.item.name }
      let entries = own.compactMap(entry)
      let title = own.first?.item.found?.root.absoluteURL.standardizedFileURL.lastPathComponent ?? ""
      written.append(
        try write(
          IndexPage.html(title: title, entries: entries, version: SplitFaceVersion.current), to: folder.appending(path: page),
          mark: "content=\"SplitFace"))
      written.append(try write(IndexTable.csv(entries), to: folder.appending(path: table), mark: IndexTable.columns.joined(separator: ",")))
    }
    return written
  }

  /// - Parameter mark: what a file of ours has near its start; anything else of that name is somebody's.
  private static func write(_ text: String, to url: URL, mark: String) throws(SplitFaceError) -> URL {
    if let old = try? FileHandle(forReadingFrom: url) {
      defer { try? old.close() }
      let start = String(decoding: (try? old.read(upToCount: 4096)) ?? Data(), as: UTF8.self)
      guard start.contains(mark) else {
        throw SplitFaceError(.outputExists, "\(url.path) is not SplitFace's and was left alone; use -o to write elsewhere")
      }
    }
    do {
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url, options: .atomic)
    } catch { throw SplitFaceError(.outputUnavailable, "cannot write \(url.path): \(error.localizedDescription)", underlying: error) }
    return url
  }

  private static func entry(_ outcome: BatchOutcome) -> IndexEntry? {
    guard let place = outcome.item.found else { return nil }
    switch outcome.state {
    case .cancelled: return nil
    case .failed(let error): return IndexEntry(file: place.relativePath, state: .failed, reason: "\(error)", seconds: outcome.seconds)
    case .done(let result): return entry(place, .done, nil, result.manifest, folder: outcome.item.outputDirectory)
    case .skipped(let run, let reason): return entry(place, .skipped, reason, run, folder: outcome.item.outputDirectory)
    }
  }

  private static func entry(
    _ place: BatchItem.Place, _ state: IndexEntry.State, _ reason: String?, _ run: RunManifest, folder: URL
  ) -> IndexEntry {
    func output(_ suffix: String) -> String? { run.outputs.map(\.file).first { $0.hasSuffix(suffix) } }
    let prefix = place.subfolder.isEmpty ? "" : place.subfolder + "/"
    let findings = output("_summary.csv").flatMap { try? String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
      .flatMap { Finding.findings(ofSummaryTable: $0, engine: run.engine?.name ?? "") }
    return IndexEntry(
      file: place.relativePath, state: state, reason: reason, frames: run.frames.read, framesWithFace: run.frames.withFace,
      seconds: run.time.wall, report: output("_report.html").map { prefix + $0 },
      findings: findings ?? [], isCompared: findings != nil)
  }
}
