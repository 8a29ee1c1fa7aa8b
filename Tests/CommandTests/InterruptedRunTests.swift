import Foundation
import TestSupport
import Testing

/// Runs that are interrupted or killed, and the runs after them.
@Suite(
  .enabled(
    if: FFmpegTool.isAvailable && SharedData.isAvailable && PackageLocation.installed != nil && PackageLocation.splitface != nil))
struct InterruptedRunTests {
  private let folder: TemporaryDirectory
  private let clip: URL
  private var output: URL { folder.file("out") }
  private var staging: URL { output.appending(path: ".clip.splitface-partial") }

  init() throws {
    folder = try TemporaryDirectory()
    clip = folder.file("clip.mp4")
    let source = try #require(SharedData.file("single_face.mp4"))
    try FFmpegTool.make(["-i", source.path, "-frames:v", "30", "-c:v", "libx264", "-preset", "ultrafast", clip.path])
  }

  private func run(whileRunning: ((Int32) throws -> Void)? = nil) throws -> ChildProcess.Result {
    let arguments = ["process", "--providers", "cpu", "--progress", "none", "-o", output.path, clip.path]
    return try ChildProcess.run(try #require(PackageLocation.splitface), arguments, whileRunning: whileRunning)
  }

  private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: output.path).sorted()) ?? [] }

  private func expectCompleteOutputs() {
    #expect(names.count > 6)
    #expect(names.allSatisfy { $0.hasPrefix("clip_") })
  }

  /// Sends a signal as soon as a staged file has content.
  private func send(_ signal: Int32) -> (Int32) throws -> Void {
    { [staging] process in
      for _ in 0..<20_000 {
        let files = (try? FileManager.default.contentsOfDirectory(at: staging, includingPropertiesForKeys: [.fileSizeKey])) ?? []
        if files.contains(where: { ((try? $0.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0) > 0 }) { break }
        usleep(1000)
      }
      kill(process, signal)
    }
  }

  @Test(arguments: [SIGINT, SIGTERM]) func aSignalEndsARunAndLeavesNoFiles(_ signal: Int32) throws {
    let run = try run(whileRunning: send(signal))
    #expect(run.status == 130, "\(run.errors)")
    #expect(!run.wasSignalled)
    #expect(names.isEmpty)
  }

  /// All frames are written when the signal arrives; index, checksums and report are not. The run is either interrupted or has just finished.
  @Test func aSignalDuringTheFinalPhaseEndsARun() throws {
    let run = try run { [staging] process in
      for _ in 0..<60_000 {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: staging.path)) ?? []
        if names.contains(where: { $0.hasSuffix(".mp4") && !$0.hasPrefix(".") }) || kill(process, 0) != 0 { break }
        usleep(500)
      }
      kill(process, SIGINT)
    }
    #expect(!run.wasSignalled)
    #expect(!run.timedOut)
    if run.status == 0 {
      expectCompleteOutputs()
    } else {
      #expect(run.status == 130, "\(run.errors)")
      #expect(names.isEmpty)
    }
  }

  @Test func theRunAfterAKilledOneCompletes() throws {
    #expect(try run(whileRunning: send(SIGKILL)).wasSignalled)
    #expect(names == [staging.lastPathComponent])
    let next = try run()
    #expect(next.status == 0, "\(next.errors)")
    expectCompleteOutputs()
  }

  /// The run was killed after everything had been written and some files had been moved. Nothing is computed again.
  @Test func aMoveThatAKilledRunHadBegunIsFinishedByTheNextRun() throws {
    #expect(try run().status == 0)
    let whole = names
    try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: false)
    for name in whole.dropFirst(3) {
      try FileManager.default.moveItem(at: output.appending(path: name), to: staging.appending(path: name))
    }
    try Data(whole.joined(separator: "\0").utf8).write(to: staging.appending(path: "whole"))
    let next = try run()
    #expect(next.status == 1)
    #expect(next.errors.contains("--force"), "\(next.errors)")
    #expect(names == whole)
  }

  @Test func anInputThatGrowsDuringTheRunIsAnError() throws {
    let run = try run { process in
      try send(0)(process)
      let file = try FileHandle(forWritingTo: clip)
      try file.seekToEnd()
      try file.write(contentsOf: Data(count: 1000))
      try file.close()
    }
    #expect(run.status == 1)
    #expect(run.errors.contains("changed while it was read"), "\(run.errors)")
    #expect(names.isEmpty)
  }
}
