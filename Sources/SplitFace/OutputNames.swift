import Foundation

/// The names of a job's outputs: the input's stem and what stands behind it.
struct OutputNames {
  let stem: String
  let videos: [String]
  let actionUnits: [String]
  let face: String?
  private(set) var landmarks: String?
  /// The tables and pages that compare the two sides; nil where the job does not measure both, or they are not wanted.
  let comparison: Comparison?
  /// What the columns of the tables mean.
  private(set) var columns: String
  private(set) var manifest: String
  private let kind: JobKind

  struct Comparison {
    let asymmetry: String
    let summary: String
    let report: String
    let curves: String
  }

  init(input: URL, kind: JobKind, landmarks: Bool, report: Bool) {
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
    self.landmarks = landmarks ? "\(stem)_landmarks.csv" : nil
    comparison =
      kind == .process && report
      ? Comparison(
        asymmetry: "\(stem)_asymmetry.csv", summary: "\(stem)_summary.csv", report: "\(stem)_report.html",
        curves: "\(stem)_curves.png") : nil
    columns = "\(stem)_columns.json"
    manifest = "\(stem)_run.json"
  }

  static let videoSuffixes = ["left_mirrored", "right_mirrored", "debug"]

  /// The same, with other names for what both sets have where the manifest of the usual name stands for other outputs in this folder: those
  /// of `extract` and those of the jobs that mirror have nothing in common but their stem, and each set shall stay verifiable.
  func besideOthers(in folder: URL) -> OutputNames {
    guard let other = try? RunManifest.read(from: folder.appending(path: manifest)), other.job.mirrors != kind.mirrors else { return self }
    var names = self
    names.manifest = "\(stem)_\(kind.rawValue)\(RunVerification.suffix)"
    names.columns = "\(stem)_\(kind.rawValue)_columns.json"
    if let landmarks, other.outputs.contains(where: { $0.file == landmarks }) {
      names.landmarks = "\(stem)_\(kind.rawValue)_landmarks.csv"
    }
    return names
  }

  /// All of them, the manifest last.
  var all: [String] { videos + tables + pages + [manifest] }
  var tables: [String] { actionUnits + [face, landmarks, comparison?.asymmetry, comparison?.summary].compactMap { $0 } }
  var pages: [String] { (comparison.map { [$0.report, $0.curves] } ?? []) + [columns] }
}
