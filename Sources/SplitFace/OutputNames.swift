import Foundation
import Results

/// The names of a job's outputs: the stem of the input's name with an ending each.
struct OutputNames {
  let stem: String
  let videos: [String]
  private(set) var tables: [(table: JobTable, name: String)]
  /// The report and its chart; nil if the job does not measure both sides, or if they were not asked for.
  let report: (page: String, curves: String)?
  /// The description of the tables' columns.
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

  /// The stem of an output video's name: `visit` for `visit_debug.mp4`; nil for a name that no output video has.
  static func stem(ofVideo name: String) -> String? {
    for suffix in videoSuffixes where name.hasSuffix("_\(suffix).mp4") { return String(name.dropLast(suffix.count + 5)) }
    return nil
  }

  /// The names to use in a folder that may already hold outputs of the other kind of job.
  ///
  /// The outputs of `extract` and those of the jobs that mirror share nothing but their stem, and each set has to stay verifiable. So if the
  /// record of the usual name is the other kind's, files that both kinds have get the job's name too.
  func besideOthers(in folder: URL) -> OutputNames {
    guard let other = try? RunRecord.read(from: folder.appending(path: record)), other.job.mirrors != kind.mirrors else { return self }
    let taken = Set(other.outputs.map(\.file))
    var names = self
    names.record = "\(stem)_\(kind.rawValue)\(RunRecord.suffix)"
    names.columns = "\(stem)_\(kind.rawValue)_columns.json"
    names.tables = tables.map { ($0, taken.contains($1) ? "\(stem)_\(kind.rawValue)\($0.ending)" : $1) }
    return names
  }

  /// All names, the record last.
  var all: [String] { videos + tables.map(\.name) + pages + [record] }
  var pages: [String] { (report.map { [$0.page, $0.curves] } ?? []) + [columns] }

  /// The name of a table; nil if the job does not write it.
  func name(of table: JobTable) -> String? { tables.first { $0.table.ending == table.ending }?.name }
}
