import Foundation
import SplitFace
import TestSupport
import Testing

/// Folders of videos: what is taken, what is skipped, and what a second run does.
@Suite(BuiltCommand.trait, .enabled(if: FFmpegTool.isAvailable))
struct FolderTests {
  private let folder: TemporaryDirectory
  private static let canRun = SharedData.isAvailable && (try? FaceSplitter(for: .mirror)) != nil

  init() throws {
    folder = try TemporaryDirectory()
    try FileManager.default.createDirectory(at: folder.file("visits/may"), withIntermediateDirectories: true)
  }

  private func clip(_ name: String, frames: Int = 4, format: [String] = []) throws {
    let source = SharedData.file("single_face.mp4").map { ["-i", $0.path] } ?? ["-f", "lavfi", "-i", "testsrc=size=64x48:rate=25"]
    try FFmpegTool.make(source + ["-frames:v", "\(frames)", "-an", "-pix_fmt", "yuv420p"] + format + [folder.file("visits/\(name)").path])
  }

  private func write(_ text: String, _ name: String) throws { try Data(text.utf8).write(to: folder.file("visits/\(name)")) }

  @Test func planTakesVideosInOrderAndLeavesTheRest() throws {
    try clip("b.mp4")
    try clip("a.unknown", format: ["-f", "matroska"])
    try clip("may/c.mov")
    try clip(".hidden.mp4")
    try write("no video", "broken.mp4")
    try write("text", "notes.txt")
    try FFmpegTool.make(["-f", "lavfi", "-i", "testsrc=size=64x48", "-frames:v", "1", folder.file("visits/still.png").path])

    let visits = folder.file("visits")
    func names(recursive: Bool) -> [String?] {
      BatchPlan(inputs: [visits], outputDirectory: nil, recursive: recursive).items.map { $0.found?.relativePath }
    }
    #expect(names(recursive: false) == ["a.unknown", "b.mp4", "broken.mp4"])
    #expect(names(recursive: true) == ["a.unknown", "b.mp4", "broken.mp4", "may/c.mov"])
    let plan = BatchPlan(inputs: [visits], outputDirectory: folder.file("out"), recursive: true)
    #expect(plan.items.last?.outputDirectory.path == folder.file("out/may").path)
  }

  /// What another kind of job has left is no reason to leave a folder's videos alone, and is not touched.
  @Test(.enabled(if: canRun)) func folderThatWasMirroredIsMeasuredToo() throws {
    try clip("a.mp4")
    let out = folder.file("out").path
    for (job, state) in [(["mirror"], "mirror"), (["extract", "--engine", "mediapipe"], "extract")] {
      let result = try BuiltCommand.run(job + [folder.file("visits").path, "-o", out], in: folder)
      #expect(result.status == 0, "\(state): \(result.errors)")
    }
    #expect(try BuiltCommand.run(["verify", out], in: folder).output.split(separator: "\n").count { $0.hasPrefix("intact") } == 2)
  }

  @Test func planRefusesOutputsOfTheSameName() throws {
    try clip("a.mp4")
    try clip("a.mov")
    let items = BatchPlan(inputs: [folder.file("visits")], outputDirectory: nil, recursive: false).items
    #expect(items.map { $0.problem?.code } == [nil, .outputExists])
  }

  @Test func emptyFolderIsAFailureThatSaysSo() throws {
    let items = BatchPlan(inputs: [folder.file("visits")], outputDirectory: nil, recursive: false).items
    #expect(items.count == 1 && items.first?.problem?.message.contains("holds no video; use --recursive") == true)
  }

  @Test(.enabled(if: canRun)) func folderIsDoneOnceAndGoesOnAfterFailures() throws {
    try clip("a.mp4")
    try clip("may/b.mp4", frames: 3)
    try write("no video", "broken.mp4")
    let visits = folder.file("visits").path
    let arguments = ["mirror", visits, "-o", folder.file("out").path, "--recursive", "--jobs", "2"]

    let first = try BuiltCommand.run(arguments, in: folder)
    #expect(first.status == 1, "\(first.errors)")
    #expect(first.errors.contains("3 videos: 2 done, 0 skipped, 1 failed"))
    for name in ["out/a_debug.mp4", "out/may/b_debug.mp4", "out/index.html", "out/index.csv"] {
      #expect(first.output.contains(folder.file(name).path + "\n"), "\(name)")
    }
    let made = try modified("out/a_debug.mp4")

    // The second time only what is new is done: the folder's own outputs are no inputs, and b.mp4 has become another file.
    try clip("new.mp4")
    try clip("may/b.mp4", frames: 5)
    let second = try BuiltCommand.run(arguments, in: folder)
    #expect(second.status == 1)
    #expect(second.errors.contains("a.mp4: skipped: finished on"))
    #expect(second.errors.contains("b.mp4: the video has changed since it was worked on; use --force"))
    #expect(second.errors.contains("4 videos: 1 done, 1 skipped, 2 failed"), "\(second.errors)")
    #expect(try modified("out/a_debug.mp4") == made)
    let index = try String(contentsOf: folder.file("out/index.csv"), encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: ",").prefix(2).joined(separator: " ")
    }
    #expect(index == ["file state", "a.mp4 skipped", "broken.mp4 failed", "may/b.mp4 failed", "new.mp4 done"])

    #expect(try BuiltCommand.run(["verify", folder.file("out").path], in: folder).status == 0)
    let others = try BuiltCommand.run(arguments + ["--audio", "none"], in: folder)
    #expect(others.errors.contains("a.mp4: it was done with --audio copy"))
  }

  @Test(.enabled(if: canRun)) func outputsBesideTheVideosAreNoVideosTheNextTime() throws {
    try clip("a.mp4")
    let visits = folder.file("visits").path
    #expect(try BuiltCommand.run(["mirror", visits], in: folder).status == 0)
    let items = BatchPlan(inputs: [folder.file("visits")], outputDirectory: nil, recursive: true).items
    #expect(items.map { $0.found?.relativePath } == ["a.mp4"])
    // Somebody's own index is left alone.
    try write("<html>mine</html>", "index.html")
    let again = try BuiltCommand.run(["mirror", visits], in: folder)
    #expect(again.status == 1 && again.errors.contains("index.html is not SplitFace's"))
    #expect(try String(contentsOf: folder.file("visits/index.html"), encoding: .utf8) == "<html>mine</html>")
  }

  @Test(.enabled(if: canRun)) func jsonLinesSayWhatHappens() throws {
    try clip("a.mp4")
    try write("no video", "b.mp4")
    let result = try BuiltCommand.run(
      ["mirror", "visits/a.mp4", "visits/b.mp4", "-o", "out", "--progress", "json", "--quiet"], in: folder)
    let lines = try result.errors.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let events = lines.compactMap { $0["event"] as? String }
    #expect(events.filter { $0 != "progress" && $0 != "message" } == ["started", "finished", "started", "failed", "ended"])
    #expect(events.contains("progress"))
    let finished = lines.first { $0["event"] as? String == "finished" }
    #expect(finished?["input"] as? String == "visits/a.mp4" && finished?["frames"] as? Int == 4)
    #expect((finished?["outputs"] as? [String])?.last?.hasSuffix("a_run.json") == true)
    #expect(lines.last?["failedCount"] as? Int == 1)
    #expect(result.status == 1)
  }

  @Test(.enabled(if: canRun)) func quietSaysNothingButFailures() throws {
    try clip("a.mp4")
    let good = try BuiltCommand.run(["mirror", "visits/a.mp4", "-o", "out", "--quiet"], in: folder)
    #expect(good.status == 0 && good.errors.isEmpty && good.output.contains("a_debug.mp4"), "\(good.errors)")
    let again = try BuiltCommand.run(["mirror", "visits/a.mp4", "-o", "out", "--quiet"], in: folder)
    #expect(again.status == 1 && again.errors.split(separator: "\n").count == 1 && again.errors.contains("--force"))
  }

  private func modified(_ name: String) throws -> Date? {
    try FileManager.default.attributesOfItem(atPath: folder.file(name).path)[.modificationDate] as? Date
  }
}
