import Foundation

/// The names of a job's outputs: the input's stem and what stands behind it.
struct OutputNames {
  let stem: String
  let videos: [String]
  let actionUnits: [String]
  let face: String?
  let landmarks: String?
  let manifest: String

  init(input: URL, kind: JobKind, landmarks: Bool) {
    let stem = input.deletingPathExtension().lastPathComponent
    self.stem = stem
    videos = kind.mirrors ? ["left_mirrored", "right_mirrored", "debug"].map { "\(stem)_\($0).mp4" } : []
    actionUnits =
      switch kind {
      case .process: ["\(stem)_left_mirrored.csv", "\(stem)_right_mirrored.csv"]
      case .mirror: []
      case .extract: ["\(stem).csv"]
      }
    face = kind.mirrors ? "\(stem)_face.csv" : nil
    self.landmarks = landmarks && kind.mirrors ? "\(stem)_landmarks.csv" : nil
    manifest = "\(stem)_run.json"
  }

  /// All of them, the manifest last.
  var all: [String] { videos + tables + [manifest] }
  var tables: [String] { actionUnits + [face, landmarks].compactMap { $0 } }
}
