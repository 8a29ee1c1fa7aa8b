import Foundation

/// The names of a job's outputs: the input's stem and what stands behind it.
struct OutputNames {
  let stem: String
  let videos: [String]
  let actionUnits: [String]
  let face: String?
  let landmarks: String?
  /// The tables and pages that compare the two sides; nil where the job does not measure both, or they are not wanted.
  let comparison: Comparison?
  /// What the columns of the tables mean.
  let columns: String
  let manifest: String

  struct Comparison {
    let asymmetry: String
    let summary: String
    let report: String
    let curves: String
  }

  init(input: URL, kind: JobKind, landmarks: Bool, report: Bool) {
    let stem = input.deletingPathExtension().lastPathComponent
    self.stem = stem
    videos = kind.mirrors ? Self.videoSuffixes.map { "\(stem)_\($0).mp4" } : []
    actionUnits =
      switch kind {
      case .process: ["\(stem)_left_mirrored.csv", "\(stem)_right_mirrored.csv"]
      case .mirror: []
      case .extract: ["\(stem).csv"]
      }
    face = kind.mirrors ? "\(stem)_face.csv" : nil
    self.landmarks = landmarks && kind.mirrors ? "\(stem)_landmarks.csv" : nil
    comparison =
      kind == .process && report
      ? Comparison(
        asymmetry: "\(stem)_asymmetry.csv", summary: "\(stem)_summary.csv", report: "\(stem)_report.html",
        curves: "\(stem)_curves.png") : nil
    columns = "\(stem)_columns.json"
    manifest = "\(stem)_run.json"
  }

  static let videoSuffixes = ["left_mirrored", "right_mirrored", "debug"]

  /// All of them, the manifest last.
  var all: [String] { videos + tables + pages + [manifest] }
  var tables: [String] { actionUnits + [face, landmarks, comparison?.asymmetry, comparison?.summary].compactMap { $0 } }
  var pages: [String] { (comparison.map { [$0.report, $0.curves] } ?? []) + [columns] }
}
