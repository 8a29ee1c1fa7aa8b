import Foundation
import Results

/// The names of a job's outputs: the input's stem with a suffix each.
struct OutputNames {
  let stem: String
  let videos: [String]
  let actionUnits: [String]
  let face: String?
  private(set) var landmarks: String?
  /// The tables and pages that compare the two sides; nil if the job does not measure both, or if they were not asked for.
  let comparison: Comparison?
  /// The description of the tables' columns.
  private(set) var columns: String
  private(set) var record: String
  private let kind: JobKind

  struct Comparison {
    let asymmetry: String
    let summary: String
    let report: String
    let curves: String
  }

  init(input: URL, spec: JobSpec) {
    let kind = spec.kind
    let stem = input.deletingPathExtension().lastPathComponent
    self.stem = stem
    self.kind = kind
    videos = kind.mirrors ? Self.videoSuffixes.map { "\(stem)_\($0).mp4" } : []
    actionUnits =
      switch kind {
      case .process: ["\(stem)_left_mirrored.csv", "\(stem)_right_mirrored.csv"]
      case .mirror: []
      case .extract: ["\(stem).csv"]
      }
    face = kind.mirrors ? "\(stem)_face.csv" : nil
    landmarks = spec.landmarks ? "\(stem)_landmarks.csv" : nil
    comparison =
      kind == .process && spec.report
      ? Comparison(
        asymmetry: "\(stem)_asymmetry.csv", summary: "\(stem)_summary.csv", report: "\(stem)_report.html",
        curves: "\(stem)_curves.png") : nil
    columns = "\(stem)_columns.json"
    record = stem + RunRecord.suffix
  }

  /// The stem of an output video's name: `visit` for `visit_debug.mp4`; nil for a name that no output video has.
  static func stem(ofVideo name: String) -> String? {
    for suffix in videoSuffixes where name.hasSuffix("_\(suffix).mp4") { return String(name.dropLast(suffix.count + 5)) }
    return nil
  }

  static let videoSuffixes = ["left_mirrored", "right_mirrored", "debug"]

  /// The names to use in a folder that may already hold outputs of the other kind of job.
  ///
  /// The outputs of `extract` and those of the jobs that mirror share nothing but their stem, and each set has to stay verifiable. So if the
  /// record of the usual name is the other kind's, files that both kinds have get the job's name too.
  func besideOthers(in folder: URL) -> OutputNames {
    guard let other = try? RunRecord.read(from: folder.appending(path: record)), other.job.mirrors != kind.mirrors else { return self }
    var names = self
    names.record = "\(stem)_\(kind.rawValue)\(RunRecord.suffix)"
    names.columns = "\(stem)_\(kind.rawValue)_columns.json"
    if let landmarks, other.outputs.contains(where: { $0.file == landmarks }) {
      names.landmarks = "\(stem)_\(kind.rawValue)_landmarks.csv"
    }
    return names
  }

  /// All names, the record last.
  var all: [String] { videos + tables + pages + [record] }
  var tables: [String] { actionUnits + [face, landmarks, comparison?.asymmetry, comparison?.summary].compactMap { $0 } }
  var pages: [String] { (comparison.map { [$0.report, $0.curves] } ?? []) + [columns] }
}
