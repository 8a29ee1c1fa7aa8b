import Foundation
import SplitFace
import TestSupport
import Testing

/// Folders of videos: which files are taken, which are skipped, and what a second run does.
@Suite(BuiltCommand.trait, .enabled(if: FFmpegTool.isAvailable))
struct FolderTests {
  private let folder: TemporaryDirectory
  private static let canRun = SharedData.isAvailable && (try? FaceSplitter(for: JobSpec(.mirror))) != nil

  init() throws {
    folder = try TemporaryDirectory()
    try FileManager.default.createDirectory(at: folder.file("visits/may"), withIntermediateDirectories: true)
  }

  private func clip(_ name: String, frames: Int = 4, format: [String] = []) throws {
    let source = SharedData.file("single_face.mp4").map { ["-i", $0.path] } ?? ["-f", "lavfi", "-i", "testsrc=size=64x48:rate=25"]
    try FFmpegTool.make(source + ["-frames:v", "\(frames)", "-an", "-pix_fmt", "yuv420p"] + format + [folder.file("visits/\(name)").path])
  }

  private func write(_ text: String, _ name: String) throws { try Data(text.utf8).write(to: folder.file("visits/\(name)")) }

  @Test func aPlanHasTheFoldersVideosInOrderAndNoOtherFiles() throws {
    try clip("b.mp4")
    try clip("a.unknown", format: ["-f", "matroska"])
    try clip("may/c.mov")
    try clip(".hidden.mp4")
    try write("no video", "broken.mp4")
    try write("text", "notes.txt")
    try FFmpegTool.make(["-f", "lavfi", "-i", "testsrc=size=64x48", "-frames:v", "1", folder.file("visits/still.png").path])

    let visits = folder.file("visits")
    func names(recursive: Bool) -> [String?] {
      plan(visits, recursive: recursive).items.map { $0.found?.relativePath }
    }
    #expect(names(recursive: false) == ["a.unknown", "b.mp4", "broken.mp4"])
    #expect(names(recursive: true) == ["a.unknown", "b.mp4", "broken.mp4", "may/c.mov"])
    let inFolder = plan(visits, output: folder.file("out"), recursive: true)
    #expect(inFolder.items.last?.outputDirectory.path == folder.file("out/may").path)
  }

  /// Results of another kind of job do not cause videos to be skipped, and are not changed.
  @Test(.enabled(if: canRun)) func aFolderThatWasMirroredCanBeMeasured() throws {
    try clip("a.mp4")
    let out = folder.file("out").path
    for (job, state) in [(["mirror"], "mirror"), (["extract", "--engine", "mediapipe"], "extract")] {
      let result = try BuiltCommand.run(job + [folder.file("visits").path, "-o", out], in: folder)
      #expect(result.status == 0, "\(state): \(result.errors)")
    }
    #expect(try BuiltCommand.run(["verify", out], in: folder).output.split(separator: "\n").count { $0.hasPrefix("intact") } == 2)
    let again = try BuiltCommand.run(["extract", "--engine", "mediapipe", folder.file("visits").path, "-o", out], in: folder)
    #expect(again.status == 0)
    #expect(again.errors.contains("a.mp4: skipped: finished on"), "\(again.errors)")
  }

  @Test func aPlanExcludesFilesNamedLikeAnOutputOfAnotherFile() throws {
    for name in ["a.mov", "a_debug.mp4", "a_left_mirrored.mp4", "b_debug.mp4", "a_right_mirrored.mov"] { try write("no video", name) }
    let items = plan(folder.file("visits"), recursive: false).items
    #expect(items.map { $0.found?.relativePath } == ["a.mov", "a_right_mirrored.mov", "b_debug.mp4"])
  }

  @Test(.enabled(if: getuid() != 0, "root reads everything")) func aPlanContinuesAfterAFolderThatCannotBeRead() throws {
    try write("no video", "a.mp4")
    try FileManager.default.createDirectory(at: folder.file("visits/shut"), withIntermediateDirectories: true)
    #expect(chmod(folder.file("visits/shut").path, 0) == 0)
    defer { chmod(folder.file("visits/shut").path, 0o755) }
    let items = plan(folder.file("visits"), recursive: true).items
    #expect(items.map { $0.found?.relativePath } == ["a.mp4", "shut"])
    #expect(items.map { $0.problem?.code } == [nil, .badInput])
  }

  /// A killed run has moved two of a.mp4's outputs to their place, and the others not yet.
  @Test(.enabled(if: canRun)) func aMoveThatAKilledRunHadBegunIsFinishedByTheNextRun() throws {
    try clip("a.mp4")
    let visits = folder.file("visits").path
    #expect(try BuiltCommand.run(["mirror", visits], in: folder).status == 0)
    let staging = folder.file("visits/.a.splitface-partial")
    try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: false)
    let order = ["a_debug.mp4", "a_left_mirrored.mp4", "a_right_mirrored.mp4", "a_face.csv", "a_columns.json", "a_run.json"]
    for name in order.dropFirst(2) {
      try FileManager.default.moveItem(at: folder.file("visits/\(name)"), to: staging.appending(path: name))
    }
    try Data(order.joined(separator: "\0").utf8).write(to: staging.appending(path: "whole"))
    try Data().write(to: staging.appending(path: "lock"))
    let again = try BuiltCommand.run(["mirror", visits], in: folder)
    #expect(again.status == 0)
    #expect(again.errors.contains("a.mp4: skipped: finished on"), "\(again.errors)")
    #expect(
      folder.contents.filter { $0.hasPrefix("visits") }
        == (["visits", "visits/may"] + (["a.mp4", "index.csv", "index.html"] + order).map { "visits/" + $0 }).sorted())
  }

  @Test(.enabled(if: canRun)) func aResultWithoutEmbeddedVideosIsNotReusedIfEmbeddingIsRequested() throws {
    try clip("a.mp4", frames: 2)
    let arguments = ["process", folder.file("visits").path, "--engine", "mediapipe"]
    #expect(try BuiltCommand.run(arguments, in: folder).status == 0)
    let others = try BuiltCommand.run(arguments + ["--embed"], in: folder)
    #expect(others.status == 1)
    #expect(others.errors.contains("a.mp4: it was processed earlier without --embed; use --force"), "\(others.errors)")
    #expect(try BuiltCommand.run(arguments + ["--embed", "--no-report"], in: folder).status == 64)
  }

  @Test(.enabled(if: canRun)) func theIndexKeepsTheResultsOfEarlierRuns() throws {
    try clip("a.mp4")
    try clip("may/b.mp4", frames: 3)
    let visits = folder.file("visits").path
    #expect(try BuiltCommand.run(["mirror", visits, "--recursive"], in: folder).status == 0)
    try clip("c.mp4")
    #expect(try BuiltCommand.run(["mirror", visits], in: folder).status == 0)
    #expect(try index("visits") == ["file state", "a.mp4 skipped", "c.mp4 done", "may/b.mp4 skipped"])
  }

  @Test(.enabled(if: canRun)) func theIndexKeepsTheReportOfAVideoThatIsAlsoExtracted() throws {
    try clip("a.mp4", frames: 2)
    for job in ["process", "extract", "extract"] {
      #expect(try BuiltCommand.run([job, "--engine", "mediapipe", folder.file("visits").path], in: folder).status == 0, "\(job)")
      #expect(try String(contentsOf: folder.file("visits/index.csv"), encoding: .utf8).contains(",a_report.html,"), "\(job)")
    }
  }

  @Test(.enabled(if: canRun)) func aKilledRunLeavesAnIndexOfItsFinishedVideos() throws {
    try clip("a.mp4")
    try clip("b.mp4", frames: 60)
    let program = try #require(PackageLocation.splitface)
    let killed = try ChildProcess.run(program, ["mirror", folder.file("visits").path]) { process in
      for _ in 0..<60_000 where !FileManager.default.fileExists(atPath: folder.file("visits/index.csv").path) { usleep(1000) }
      kill(process, SIGKILL)
    }
    #expect(killed.wasSignalled)
    #expect(try index("visits") == ["file state", "a.mp4 done"])
  }

  @Test(.enabled(if: canRun)) func outputsNamedTogetherWithTheirVideoAreLeftOut() throws {
    try clip("a.mp4")
    #expect(try BuiltCommand.run(["mirror", "visits/a.mp4"], in: folder).status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("visits").path).filter { $0.hasSuffix(".mp4") }
    let again = try BuiltCommand.run(["mirror"] + names.sorted().map { "visits/\($0)" }, in: folder)
    #expect(again.status == 1)
    #expect(again.errors.contains("a_debug.mp4 was left out because it is an output of an earlier run"), "\(again.errors)")
    #expect(again.errors.contains("use --force"))
    #expect(!folder.contents.contains("visits/a_debug_debug.mp4"))
    // An output that is named alone is processed, since the user must have meant it.
    #expect(try BuiltCommand.run(["mirror", "visits/a_debug.mp4", "-o", "out"], in: folder).status == 0)
  }

  @Test(.enabled(if: canRun)) func theProgressBarNamesTheFileAndFitsIntoEightyColumns() throws {
    try clip("a.mp4")
    try clip("a video with a name that is far too long for the line of a terminal.mp4", frames: 20)
    let result = try BuiltCommand.run(["mirror", "visits", "-o", "out", "--progress", "bar"], in: folder)
    #expect(result.status == 0, "\(result.errors)")
    let bars = result.errors.split(whereSeparator: { $0 == "\r" || $0 == "\n" }).filter {
      $0.hasPrefix("[") && $0.contains("█") || $0.contains("░")
    }
    let shown = bars.map { $0.replacing("\u{1B}[K", with: "") }
    #expect(!shown.isEmpty)
    #expect(shown.allSatisfy { $0.count <= 79 }, "\(shown)")
    #expect(shown.allSatisfy { $0.hasPrefix("[") }, "\(shown)")
    #expect(shown.allSatisfy { $0.contains("mp4") }, "\(shown)")
  }

  @Test func aPlanRejectsVideosWhoseOutputsWouldHaveTheSameNames() throws {
    try clip("a.mp4")
    try clip("a.mov")
    let items = plan(folder.file("visits"), recursive: false).items
    #expect(items.map { $0.problem?.code } == [nil, .namesClash])
  }

  @Test func aFolderWithoutVideosIsAnError() throws {
    let items = plan(folder.file("visits"), recursive: false).items
    #expect(items.count == 1)
    #expect(items.first?.problem?.message.contains("contains no video") == true)
  }

  @Test(.enabled(if: canRun)) func aSecondRunDoesOnlyWhatIsNewAndContinuesAfterFailures() throws {
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

    // The folder's own outputs are not inputs of the second run, and b.mp4 is now another file.
    try clip("new.mp4")
    try clip("may/b.mp4", frames: 5)
    let second = try BuiltCommand.run(arguments, in: folder)
    #expect(second.status == 1)
    #expect(second.errors.contains("a.mp4: skipped: finished on"))
    #expect(second.errors.contains("b.mp4: the video has changed since it was processed; use --force"))
    #expect(second.errors.contains("4 videos: 1 done, 1 skipped, 2 failed"), "\(second.errors)")
    #expect(try modified("out/a_debug.mp4") == made)
    #expect(try index("out") == ["file state", "a.mp4 skipped", "broken.mp4 failed", "may/b.mp4 failed", "new.mp4 done"])

    #expect(try BuiltCommand.run(["verify", folder.file("out").path], in: folder).status == 0)
    let others = try BuiltCommand.run(arguments + ["--audio", "none"], in: folder)
    #expect(others.errors.contains("a.mp4: it was processed earlier with --audio copy"))
    let coarser = try BuiltCommand.run(arguments + ["--rate-control", "crf"], in: folder)
    #expect(coarser.errors.contains("a.mp4: it was processed earlier with --rate-control quantizer"), "\(coarser.errors)")
  }

  @Test(.enabled(if: canRun)) func outputsInTheVideosFolderAreNotInputsOfTheNextRun() throws {
    try clip("a.mp4")
    let visits = folder.file("visits").path
    #expect(try BuiltCommand.run(["mirror", visits], in: folder).status == 0)
    let items = plan(folder.file("visits"), recursive: true).items
    #expect(items.map { $0.found?.relativePath } == ["a.mp4"])
    // An index that SplitFace has not written is not replaced.
    try write("<html>mine</html>", "index.html")
    let again = try BuiltCommand.run(["mirror", visits], in: folder)
    #expect(again.status == 1)
    #expect(again.errors.contains("was not written by SplitFace"))
    #expect(try String(contentsOf: folder.file("visits/index.html"), encoding: .utf8) == "<html>mine</html>")
  }

  @Test(.enabled(if: canRun)) func jsonProgressReportsEveryEvent() throws {
    try clip("a.mp4")
    try write("no video", "b.mp4")
    let result = try BuiltCommand.run(
      ["mirror", "visits/a.mp4", "visits/b.mp4", "-o", "out", "--progress", "json", "--quiet"], in: folder)
    let lines = try result.errors.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let events = lines.compactMap { $0["event"] as? String }
    #expect(events.filter { !["progress", "message"].contains($0) } == ["started", "finished", "started", "failed", "ended"])
    #expect(events.contains("progress"))
    let finished = lines.first { $0["event"] as? String == "finished" }
    #expect(finished?["input"] as? String == "visits/a.mp4")
    #expect(finished?["frames"] as? Int == 4)
    #expect((finished?["outputs"] as? [String])?.last?.hasSuffix("a_run.json") == true)
    #expect(lines.last?["failedCount"] as? Int == 1)
    #expect(result.status == 1)
  }

  @Test(.enabled(if: canRun)) func quietRunsReportOnlyFailures() throws {
    try clip("a.mp4")
    let good = try BuiltCommand.run(["mirror", "visits/a.mp4", "-o", "out", "--quiet"], in: folder)
    #expect(good.status == 0)
    #expect(good.errors.isEmpty, "\(good.errors)")
    #expect(good.output.contains("a_debug.mp4"))
    let again = try BuiltCommand.run(["mirror", "visits/a.mp4", "-o", "out", "--quiet"], in: folder)
    #expect(again.status == 1)
    #expect(again.errors.split(separator: "\n").count == 1)
    #expect(again.errors.contains("--force"))
  }

  /// Returns the file and the state in each row of a folder's index.
  private func index(_ name: String) throws -> [String] {
    try String(contentsOf: folder.file("\(name)/index.csv"), encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: ",").prefix(2).joined(separator: " ")
    }
  }

  private func modified(_ name: String) throws -> Date? {
    try FileManager.default.attributesOfItem(atPath: folder.file(name).path)[.modificationDate] as? Date
  }
}

/// The plan for one folder.
private func plan(_ folder: URL, output: URL? = nil, recursive: Bool) -> BatchPlan {
  var spec = JobSpec(inputs: [folder])
  spec.output = output
  spec.recursive = recursive
  return BatchPlan(spec)
}
