import FaceTestSupport
import Foundation
import ModelStore
import TestSupport
import Testing

/// The built program, run as by a user.
enum Command {
  /// Skips a test if the program, the networks, shared clips or FFmpeg's programs are missing.
  static var trait: ConditionTrait {
    let reason: Comment
    if PackageLocation.splitface == nil {
      reason = "the program was not built"
    } else if !SharedData.isAvailable {
      reason = "no ../shared/testdata"
    } else if !FFmpegTool.isAvailable {
      reason = "no ffmpeg and ffprobe in PATH"
    } else if case .failure(let error) = InstalledFaceNetworks.result {
      reason = "\(error)"
    } else {
      return .enabled(if: true)
    }
    return .enabled(if: false, reason)
  }

  /// Whether a RetinaFace network is installed, the published one or another.
  static var hasRetinaFace: Bool { (try? ModelStore().onnx(for: .retinaface)) != nil }

  /// Runs the program with the user's own settings.
  static func run(
    _ arguments: [String], environment: [String: String?] = [:], whileRunning: ((Int32) throws -> Void)? = nil
  ) throws -> ChildProcess.Result {
    let result = try ChildProcess.run(
      try #require(PackageLocation.splitface), arguments, environment: environment, timeout: 120, whileRunning: whileRunning)
    #expect(!result.timedOut)
    return result
  }

  /// Runs `process` with the engine that needs only the networks that `make setup` installs.
  static func process(_ arguments: [String], whileRunning: ((Int32) throws -> Void)? = nil) throws -> ChildProcess.Result {
    try run(["process", "--engine", "mediapipe"] + arguments, whileRunning: whileRunning)
  }

  /// Writes the first frames of the shared clip of one face to a file.
  static func clip(_ file: URL, frames: Int = 3, _ more: [String] = []) throws {
    let source = try #require(SharedData.file("single_face.mp4"))
    let encoding = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "12"]
    try FFmpegTool.make(["-i", source.path, "-frames:v", String(frames), "-an"] + encoding + more + [file.path])
  }

  /// The ends of the names of `process`'s outputs, in the order in which it lists them.
  static let suffixes = [
    "left_mirrored.mp4", "right_mirrored.mp4", "debug.mp4", "left_mirrored.csv", "right_mirrored.csv", "face.csv", "asymmetry.csv",
    "summary.csv", "report.html", "curves.png", "columns.json", "run.json",
  ]

  /// The names of all outputs of `process` for a video.
  static func outputs(_ stem: String) -> [String] { suffixes.map { "\(stem)_\($0)" } }
}

extension ChildProcess.Result {
  /// The exit code; `nil` if a signal ended the program.
  var exitCode: Int32? { wasSignalled ? nil : status }
  var outputLines: [String] { output.split(separator: "\n").map(String.init) }
  var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
}
