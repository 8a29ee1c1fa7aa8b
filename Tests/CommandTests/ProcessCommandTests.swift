import Foundation
import SplitFace
import TestSupport
import Testing

@Suite(Command.trait) struct ProcessCommandTests {
  @Test func outputsAreListedOnStandardOutputAndReplacedOnlyIfForced() throws {
    let folder = try TemporaryDirectory()
    let clip = folder.file("visit.mp4")
    try Command.clip(clip)
    let out = folder.file("out")
    let first = try Command.process([clip.path, "-o", out.path])
    #expect(first.exitCode == 0)
    #expect(first.outputLines == Command.outputs("visit").map { out.appending(path: $0).path })
    #expect(first.errors.contains("visit.mp4: 3 frames, a face in 100.0 %"))
    #expect(try RunRecord.read(from: out.appending(path: "visit_run.json")).frames.read == 3)
    #expect(try FileManager.default.contentsOfDirectory(atPath: out.path).sorted() == Command.outputs("visit").sorted())

    let table = out.appending(path: "visit_face.csv")
    try Data("mine".utf8).write(to: table)
    let second = try Command.process([clip.path, "-o", out.path])
    #expect(second.exitCode == 1)
    #expect(second.outputLines.isEmpty)
    #expect(second.errorLines.count == 1)
    #expect(second.errors.contains("exists; use --force"))
    #expect(try Data(contentsOf: table) == Data("mine".utf8))

    let third = try Command.process([clip.path, "-o", out.path, "--force", "--progress", "json"])
    #expect(third.exitCode == 0)
    #expect(third.outputLines.count == 12)
    #expect(try Data(contentsOf: table) != Data("mine".utf8))
    #expect(third.errorLines.filter { $0.hasPrefix("{") }.contains { $0.contains("\"event\":\"progress\"") })
  }

  @Test func outputsAreWrittenToTheInputsFolderByDefault() throws {
    let folder = try TemporaryDirectory()
    try Command.clip(folder.file("Ärztin visit 1.mp4"), frames: 2)
    let result = try Command.run(["mirror", folder.file("Ärztin visit 1.mp4").path])
    #expect(result.exitCode == 0)
    let made = ["left_mirrored.mp4", "right_mirrored.mp4", "debug.mp4", "face.csv", "columns.json", "run.json"].map {
      "Ärztin visit 1_" + $0
    }
    let files = made + ["Ärztin visit 1.mp4"]
    #expect(folder.contents == files.sorted())
  }

  /// x264 writes its settings into the stream.
  @Test(arguments: [([], "rc=cqp", "quantizer"), (["--rate-control", "crf"], "rc=crf", "crf")])
  func rateControlIsPassedToTheEncoder(_ option: [String], _ mode: String, _ name: String) throws {
    let folder = try TemporaryDirectory()
    try Command.clip(folder.file("a.mp4"), frames: 2)
    let result = try Command.run(["mirror", "--encoder", "libx264", folder.file("a.mp4").path] + option)
    #expect(result.exitCode == 0, "\(result.errors)")
    for video in ["left_mirrored", "right_mirrored", "debug"] {
      #expect(try Data(contentsOf: folder.file("a_\(video).mp4")).firstRange(of: Data(mode.utf8)) != nil)
    }
    #expect(try RunRecord.read(from: folder.file("a_run.json")).spec.rateControl.rawValue == name)
  }

  @Test func optionsWithoutEffectAreReported() throws {
    let folder = try TemporaryDirectory()
    let clip = folder.file("a.mp4")
    try Command.clip(clip, frames: 2)
    let out = folder.file("out").path
    let mirrored = try Command.run(["mirror", "--engine", "openface3", "--columns", "gaze", clip.path, "-o", out])
    #expect(mirrored.exitCode == 0)
    #expect(mirrored.outputLines.count == 6)
    #expect(mirrored.errors.contains("mirror measures nothing; --engine has no effect"))
    #expect(mirrored.errors.contains("--columns has no effect"))
    let arguments = [
      "--engine", "mediapipe", "--encoder", "libx264", "--rate-control", "crf", "--audio", "none", "--landmarks", clip.path, "-o", out,
    ]
    let extracted = try Command.run(["extract"] + arguments)
    #expect(extracted.exitCode == 0)
    #expect(extracted.outputLines == ["a.csv", "a_landmarks.csv", "a_extract_columns.json", "a_extract_run.json"].map { "\(out)/\($0)" })
    for option in ["--encoder", "--rate-control", "--audio"] {
      #expect(extracted.errors.contains("extract writes no videos; \(option) has no effect"))
    }
    let header = try String(contentsOfFile: out + "/a_landmarks.csv", encoding: .utf8).prefix { $0 != "\n" }
    #expect(header.hasPrefix("frame,timestamp,success,x_0,"))
    #expect(header.contains(",jawOpen,"))
    #expect(try Command.run(["verify", out]).exitCode == 0)
    #expect(
      try !Command.run(["extract", "--engine", "mediapipe", clip.path, "-o", folder.file("b").path]).errors.contains("has no effect"))
  }

  @Test func theOtherInputsAreProcessedIfOneFails() throws {
    let folder = try TemporaryDirectory()
    try Command.clip(folder.file("a.mp4"), frames: 2)
    try Data("no video".utf8).write(to: folder.file("b.mp4"))
    try Command.clip(folder.file("c.mp4"), frames: 2)
    try FileManager.default.createDirectory(at: folder.file("other"), withIntermediateDirectories: true)
    try Command.clip(folder.file("other/a.mp4"), frames: 4)
    let inputs = ["b.mp4", "a.mp4", "other/a.mp4", "c.mp4"].map { folder.file($0).path }
    let out = folder.file("out")
    let result = try Command.process(inputs + ["-o", out.path])
    #expect(result.exitCode == 1)
    let files = (Command.outputs("a") + Command.outputs("c")).sorted()
    #expect(try FileManager.default.contentsOfDirectory(atPath: out.path).sorted() == files)
    #expect(try RunRecord.read(from: out.appending(path: "a_run.json")).frames.read == 2, "the second a.mp4 did not replace the first")
    #expect(result.errors.contains("4 videos: 2 done, 0 skipped, 2 failed"))
  }

  @Test func anInterruptedRunLeavesNoFiles() throws {
    let folder = try TemporaryDirectory()
    let out = folder.file("out")
    let source = try #require(SharedData.file("face_noface.mov"))
    let next = try #require(SharedData.file("no_face.mp4"))
    let result = try Command.process([source.path, next.path, "-o", out.path]) { process in
      // The staging folder exists as soon as the job has begun.
      for _ in 0..<6000 where !FileManager.default.fileExists(atPath: out.appending(path: ".face_noface.splitface-partial").path) {
        usleep(10_000)
      }
      usleep(300_000)
      kill(process, SIGINT)
    }
    #expect(result.exitCode == 130)
    #expect(result.outputLines.isEmpty)
    #expect(result.errorLines.last?.contains("interrupted") == true)
    #expect(folder.contents == [], "not even the folder created for the outputs")
  }

  @Test func aSignalWhileNetworksAreLoadedEndsTheProgram() throws {
    let folder = try TemporaryDirectory()
    let source = try #require(SharedData.file("face_noface.mov"))
    let result = try Command.process([source.path, "-o", folder.file("out").path]) { process in
      usleep(400_000)
      kill(process, SIGTERM)
    }
    // Before the handler is installed, the signal itself ends the program.
    let wasEndedBySignal = result.wasSignalled && result.status == SIGTERM
    #expect(result.exitCode == 130 || wasEndedBySignal, "\(result.status) \(result.errors)")
    #expect(folder.contents == [])
  }
}
