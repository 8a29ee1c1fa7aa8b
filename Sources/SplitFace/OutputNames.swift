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
  private(set) var manifest: String
  private let kind: JobKind

  struct Comparison {
    let asymmetry: String
    let summary: String
    let report: String
    let curves: String
    let columns: String
  }

  init(input: URL, kind: JobKind, landmarks: Bool, report: Bool) {
    let stem = input.deletingPathExtension().lastPathComponent
    self.stem = stem
    self.kind = kind
    videos = kind.mirrors ? ["left_mirrored", "right_mirrored", "debug"].map { "\(stem)_\($0).mp4" } : []
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
        curves: "\(stem)_curves.png", columns: "\(stem)_columns.json") : nil
    manifest = "\(stem)_run.json"
  }

  /// The same, with another name for the manifest where one of the usual name stands for other outputs in this folder: those of `extract`
  /// and those of the jobs that mirror have nothing in common but their stem, and each set shall stay verifiable.
  func besideOthers(in folder: URL) -> OutputNames {
    guard let other = try? RunManifest.read(from: folder.appending(path: manifest)), other.job.mirrors != kind.mirrors else { return self }
    var names = self
    names.manifest = "\(stem)_\(kind.rawValue)\(RunVerification.suffix)"
    return names
  }

  /// All of them, the manifest last.
  var all: [String] { videos + tables + pages + [manifest] }
  var tables: [String] { actionUnits + [face, landmarks, comparison?.asymmetry, comparison?.summary].compactMap { $0 } }
  var pages: [String] { comparison.map { [$0.report, $0.curves, $0.columns] } ?? [] }
}
