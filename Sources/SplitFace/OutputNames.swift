import Foundation
import Results

/// The names of a job's outputs. Each consists of the stem of the input's name and an ending.
struct OutputNames {
  let stem: String
  let videos: [String]
  private(set) var tables: [(table: JobTable, name: String)]
  /// The names of the report and its chart; nil if the job does not measure both sides, or no report was requested.
  let report: (page: String, curves: String)?
  /// The name of the file that describes the tables' columns.
  private(set) var columns: String
  private(set) var record: String
  private let kind: JobKind

  /// The ends of the videos' names, without their extension.
  static let videoSuffixes = ["left_mirrored", "right_mirrored", "debug"]

  init(input: URL, spec: JobSpec) {
    let stem = input.deletingPathExtension().lastPathComponent
    self.stem = stem
    kind = spec.kind
    videos = kind.mirrors ? Self.videoSuffixes.map { "\(stem)_\($0).mp4" } : []
    tables = JobTable.all.filter { $0.isWritten(spec) }.map { ($0, stem + $0.ending) }
    report = kind == .process && spec.report ? ("\(stem)_report.html", "\(stem)_curves.png") : nil
    columns = stem + "_columns.json"
    record = stem + RunRecord.suffix
  }

  /// Returns the stem of an output video's name, such as `visit` for `visit_debug.mp4`; nil for a name that no output video can have.
  static func stem(ofVideo name: String) -> String? {
    for suffix in videoSuffixes where name.hasSuffix("_\(suffix).mp4") { return String(name.dropLast(suffix.count + 5)) }
    return nil
  }

  /// Returns the names to use in a folder that may already contain outputs of another kind of job.
  ///
  /// An `extract` job and a job that mirrors must not replace each other's record, because a record is needed to verify outputs. So if the
  /// record with the usual name belongs to a job of the other kind, the names of the files that both jobs write also include the name of
  /// this job, as in `visit_extract_run.json`.
  func besideOthers(in folder: URL) -> OutputNames {
    guard let other = try? RunRecord.read(from: folder.appending(path: record)), other.job.mirrors != kind.mirrors else { return self }
    let taken = Set(other.outputs.map(\.file))
    var names = self
    names.record = "\(stem)_\(kind.rawValue)\(RunRecord.suffix)"
    names.columns = "\(stem)_\(kind.rawValue)_columns.json"
    names.tables = tables.map { ($0, taken.contains($1) ? "\(stem)_\(kind.rawValue)\($0.ending)" : $1) }
    return names
  }

  /// The names of all outputs, the record last.
  var all: [String] { videos + tables.map(\.name) + pages + [record] }
  var pages: [String] { (report.map { [$0.page, $0.curves] } ?? []) + [columns] }

  /// Returns the name of a table; nil if the job does not write that table.
  func name(of table: JobTable) -> String? { tables.first { $0.table.ending == table.ending }?.name }
}
