import ActionUnits
import FaceTracking
import Measures
import Report

/// A synthetic clip of three smiles, in which the left side moves 40 % as far as the right. Once the head turns away, and for a moment there
/// is no face.
enum SyntheticClip {
  static let hostileName = #"<img src=x onerror=alert(1)>"'&\#u{202E}gpj.</script>.mp4"#

  static func frames(_ count: Int = 300) -> [SidedFrame] {
    (0..<count).map { index in
      let time = Double(index) / 25
      let wave = Float(max(0, sinish(time / 4)))
      let blink: Float = index % 75 < 4 ? 4 : 0.2
      if index >= count * 8 / 10, index < count * 8 / 10 + 10 {
        return SidedFrame(timestamp: time, right: [:], left: [:], exclusion: .noFace)
      }
      return SidedFrame(
        timestamp: time, right: [.au12: 4 * wave, .au06: 2.5 * wave, .au01: 0.1, .au45: blink, .au25: 3 * wave],
        left: [.au12: 1.6 * wave, .au06: 1.2 * wave, .au01: 0.1, .au45: blink * 0.95, .au25: 2.9 * wave],
        exclusion: index >= count / 2 && index < count / 2 + 20 ? .headTurned : nil)
    }
  }

  /// A wave of period 1 between −1 and 1, made of parabolas.
  private static func sinish(_ x: Double) -> Double {
    let phase = x - x.rounded(.down)
    return phase < 0.5 ? 16 * phase * (0.5 - phase) : -16 * (phase - 0.5) * (1 - phase)
  }

  static func input(
    _ count: Int = 300, name: String = "visit 1.mp4", engine: String = "mediapipe", videos: [ReportInput.Video]? = nil,
    stills: [PeakStill] = []
  ) -> ReportInput {
    let frames = frames(count)
    let faces = frames.enumerated().map { index, frame in
      ReportInput.Face(
        yaw: frame.exclusion == .noFace ? nil : frame.exclusion == .headTurned ? 28 : Float(index % 50) / 5 - 5,
        quality: frame.exclusion == nil ? 0.9 : frame.exclusion == .headTurned ? 0.1 : 0,
        grade: frame.exclusion == nil ? .good : .poor, state: frame.exclusion == .noFace ? .absent : .found)
    }
    let series = MeasureSeries(frames)
    return ReportInput(
      clip: ReportInput.Clip(
        name: name, width: 640, height: 480, frameRate: 25, duration: Double(count) / 25, orientation: "upright, as the file says"),
      counts: ReportInput.FrameCounts(read: count, withFace: count - 10, held: 0, withoutFace: 10),
      provenance: ReportInput.Provenance(
        version: "1.0.0", engine: engine, caveat: "These values are made up.",
        networks: [
          .init(name: "face mesh", source: "face_landmarker.task", sha256: String(repeating: "ab", count: 32), provider: "OpenVINO")
        ],
        inference: "ONNX Runtime 1.24.1", encoder: "libx264", date: "2026-11-22 20:00"),
      series: series, faces: faces, summary: SegmentSummary(series),
      videos: videos
        ?? [.right, .source, .left].map { ReportInput.Video(role: $0, fileName: "\(name)_\($0.rawValue).mp4") },
      stills: stills, files: ["\(name)_summary.csv"], warnings: ["sound was re-encoded: <b>\(name)</b>"])
  }
}
