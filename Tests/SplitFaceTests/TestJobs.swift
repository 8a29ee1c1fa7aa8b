import Foundation
import SplitFace
import TestSupport
import Testing

/// Jobs run by a splitter that all tests share, with the engine that needs only the networks that `make setup` installs.
enum TestJobs {
  private static let loaded: Result<FaceSplitter, any Error> = Result {
    var spec = JobSpec()
    spec.engine = .mediapipe
    return try FaceSplitter(for: spec)
  }

  static func splitter() throws -> FaceSplitter { try loaded.get() }

  /// Skips a test if networks, ONNX Runtime, shared clips or FFmpeg's programs are missing.
  static var trait: ConditionTrait {
    let reason: Comment =
      switch loaded {
      case .failure(let error): "\(error)"
      case .success: !SharedData.isAvailable ? "no ../shared/testdata" : FFmpegTool.isAvailable ? "" : "no ffmpeg and ffprobe in PATH"
      }
    return .enabled(if: (try? loaded.get()) != nil && SharedData.isAvailable && FFmpegTool.isAvailable, reason)
  }

  /// Runs a job to completion. Its outputs exist as long as the result does.
  static func run(
    _ input: URL, kind: JobKind = .process, splitter: FaceSplitter? = nil, as spec: JobSpec? = nil
  ) async throws -> FinishedJob {
    let folder = try TemporaryDirectory()
    let splitter = try splitter ?? self.splitter()
    var spec = spec ?? splitter.spec
    spec.kind = kind
    spec.output = folder.url
    let result = try await splitter.start(input, as: spec).result()
    return FinishedJob(folder: folder, result: result, stem: input.deletingPathExtension().lastPathComponent)
  }
}

/// A finished job with its outputs.
struct FinishedJob {
  let folder: TemporaryDirectory
  let result: JobResult
  let stem: String

  static let videos = ["left_mirrored", "right_mirrored", "debug"]

  func video(_ name: String) -> URL { folder.file("\(stem)_\(name).mp4") }
  func table(_ name: String) throws -> Table { try Table(folder.file("\(stem)_\(name).csv")) }
}
