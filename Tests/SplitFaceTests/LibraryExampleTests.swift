import Foundation
import SplitFace
import TestSupport
import Testing

/// The README's example, with input and options as parameters.
func readmeExample(_ video: URL, _ spec: JobSpec) async throws -> [URL] {
  let splitter = try FaceSplitter()
  let job = splitter.start(video, as: spec)
  for await progress in job.progress { print(progress.framesDone) }
  print(try await job.result().outputs)
  return try await job.result().outputs
}

/// Waits for a file on the calling thread. A suspended task might be resumed only after other tests, when the job is over.
private func waitForFile(_ file: URL) -> Bool {
  for _ in 0..<60_000 {
    if FileManager.default.fileExists(atPath: file.path) { return true }
    usleep(1000)
  }
  return false
}

/// The README and the library's documentation show the example that is compiled and run here.
@Test(arguments: ["README.md", "Sources/SplitFace/FaceSplitter.swift"]) func theDocumentedExampleIsTheOneTested(_ file: String) throws {
  func lines(_ path: String) throws -> [String] {
    try String(contentsOf: PackageLocation.root.appending(path: path), encoding: .utf8).split(separator: "\n")
      .map { $0.replacing("///", with: "").trimmingCharacters(in: .whitespaces) }
  }
  let shown = try lines(file).drop { $0 != "let splitter = try FaceSplitter()" }.prefix { $0 != "```" }
  let compiled = try lines("Tests/SplitFaceTests/LibraryExampleTests.swift").drop { $0 != "let splitter = try FaceSplitter()" }
    .prefix { !$0.hasPrefix("return ") }
  #expect(shown.count == 4)
  #expect(shown.map { $0.replacing(#"URL(filePath: "visit.mov")"#, with: "video, as: spec") } == Array(compiled))
}

@Suite(TestJobs.trait) struct LibraryExampleTests {
  @Test func theDocumentedExampleWritesItsOutputs() async throws {
    let folder = try TemporaryDirectory()
    try TestClips.write(.init(frames: 3), to: folder.file("visit.mp4"))
    var spec = JobSpec()
    spec.output = folder.file("out")
    let outputs = try await readmeExample(folder.file("visit.mp4"), spec)
    #expect(outputs.count == 12)
    #expect(outputs.allSatisfy { FileManager.default.fileExists(atPath: $0.path) })
  }

  @Test func progressCountsFramesUpToTheLast() async throws {
    let folder = try TemporaryDirectory()
    let clip = folder.file("visit.mp4")
    try TestClips.write(.init(frames: 9), to: clip)
    var spec = try TestJobs.splitter().spec
    spec.output = folder.file("out")
    let job = try TestJobs.splitter().start(clip, as: spec)
    var states: [JobProgress] = []
    for await progress in job.progress { states.append(progress) }
    let done = states.map(\.framesDone)
    #expect(done == done.sorted())
    #expect(done.last == 9, "states may be skipped, except the last")
    #expect(states.allSatisfy { $0.framesExpected == 9 })
    #expect(states.allSatisfy { $0.framesWithFace <= $0.framesDone })
    #expect(try await job.result().record.frames.read == 9)
    #expect(try await job.result().outputs.count == 12, "the result can be requested more than once")
  }

  @Test func aCancelledJobThrowsAndLeavesNothing() async throws {
    let folder = try TemporaryDirectory()
    var spec = try TestJobs.splitter().spec
    spec.output = folder.file("out")
    let source = try #require(SharedData.file("face_noface.mov"))
    let job = try TestJobs.splitter().start(source, as: spec)
    #expect(waitForFile(folder.file("out/.face_noface.splitface-partial")), "the job has started to write")
    job.cancel()
    await #expect(throws: CancellationError.self) { try await job.result() }
    #expect(folder.contents == [])
    // The splitter is not affected either.
    let clip = folder.file("next.mp4")
    try TestClips.write(.init(frames: 2), to: clip)
    let next = try await TestJobs.run(clip)
    #expect(next.result.record.frames.withFace == 2)
  }

  @Test func jobsThatRunConcurrentlyGiveTheSameResults() async throws {
    let folder = try TemporaryDirectory()
    try TestClips.write(.init(start: 16, frames: 8), to: folder.file("a.mp4"))
    let alone = try await TestJobs.run(folder.file("a.mp4"))
    async let first = TestJobs.run(folder.file("a.mp4"))
    async let second = TestJobs.run(folder.file("a.mp4"))
    for job in try await [first, second] {
      for name in ["left_mirrored", "right_mirrored", "face"] { #expect(try job.table(name).rows == alone.table(name).rows) }
    }
  }
}
