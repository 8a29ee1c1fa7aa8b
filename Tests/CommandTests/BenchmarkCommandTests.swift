import Benchmarking
import Foundation
import Imaging
import SplitFace
import TestSupport
import Testing
import VideoIO

@Suite(
  .enabled(
    if: PackageLocation.splitface != nil && PackageLocation.existing("models/face-landmarker/face_landmarker.task"),
    "needs the program and the installed networks: make setup"))
struct BenchmarkCommandTests {
  /// Writes six frames without a face. The tests check that everything is measured and reported, not how fast it is.
  private func clip(in folder: TemporaryDirectory) throws -> URL {
    let file = folder.file("tiny.mp4")
    let writer = try VideoWriter(
      path: file.path, like: VideoInfo(width: 160, height: 120, frameRate: Rational(25, 1)), options: VideoWriterOptions(audio: .none))
    for index in 0..<6 {
      let canvas = YUVCanvas(width: 160, height: 120, colour: YUVColour())
      canvas.fillRectangle(x: -0.5, y: -0.5, width: 160, height: 120, colour: RGBColour(UInt8(40 * index), 90, 120))
      try writer.write(canvas.finish(), pts: Int64(index), duration: 1)
    }
    _ = try writer.finish()
    return file
  }

  private func benchmark(_ arguments: [String]) throws -> ChildProcess.Result {
    try ChildProcess.run(try #require(PackageLocation.splitface), ["benchmark", "--engine", "mediapipe"] + arguments)
  }

  @Test func everyJobStageAndNetworkIsMeasured() throws {
    let folder = try TemporaryDirectory()
    let result = try benchmark([try clip(in: folder).path, "--json", "--compare", "--threads", "2"])
    #expect(result.status == 0, "\(result.errors)")
    let report = try BenchmarkReport.decoded(from: result.standardOutput)
    #expect(report.clip.frames == 6)
    #expect(report.clip.framesWithFace == 0)
    #expect(report.clip.origin == .given)
    #expect(report.jobs.map(\.kind) == [.process, .mirror, .extract])
    #expect(report.jobs.allSatisfy { $0.seconds > 0 })
    #expect(report.jobs.allSatisfy { $0.framesPerSecond > 0 })
    #expect(report.jobs.allSatisfy { $0.busyCores > 0 })
    #expect(report.stages.map(\.stage) == Stage.allCases.filter { report.stages.map(\.stage).contains($0) })
    #expect(abs(report.stages.reduce(0) { $0 + $1.share } - 1) < 1e-6)
    for stage in [Stage.read, .track, .encode, .write] { #expect(report.stages.contains { $0.stage == stage }) }
    let meshRuns = report.networks.filter { $0.network == "faceMesh" && $0.provider == "cpu" }
    #expect(Set(meshRuns.map(\.batch)) == [1, 2, 4, 8, 16])
    #expect(report.networks.allSatisfy { $0.millisecondsPerImage > 0 })
    let comparison = try #require(report.comparison)
    #expect(comparison.map(\.form) == [.threading, .multiprocessing])
    #expect(comparison.allSatisfy { $0.frames == 6 })
    #expect(comparison.allSatisfy { $0.workers == 2 })
    #expect(comparison.allSatisfy { $0.startUp > 0 })
    #expect(comparison.allSatisfy { $0.framesPerSecond > 0 })
    // Two processes load the networks twice.
    #expect(comparison[1].peakMemory > comparison[0].peakMemory)
    for heading in ["Whole jobs", "Stages", "Networks", "Threads compared with processes"] { #expect(report.text.contains(heading)) }
  }

  @Test func aMissingVideoIsReported() throws {
    let result = try benchmark(["/nowhere/visit.mov"])
    #expect(result.status == 1)
    #expect(result.errors.contains("/nowhere/visit.mov"))
    #expect(result.standardOutput.isEmpty)
  }
}

extension PackageLocation {
  /// Whether `make setup` has installed this file.
  fileprivate static func existing(_ path: String) -> Bool {
    installed.map { FileManager.default.fileExists(atPath: $0.appending(path: path).path) } ?? false
  }
}
