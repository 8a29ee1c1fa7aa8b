import Foundation
import TestSupport
import Testing

/// Inputs and folders that cannot be used give one clear line and exit code 1, and leave no files.
@Suite(Command.trait) struct StrangeInputTests {
  /// Runs `process`, expects that it fails in the way described above, and returns the message.
  private func refusal(of input: String, output: String, in folder: TemporaryDirectory) throws -> String {
    let before = folder.contents
    let result = try Command.process([input, "-o", output])
    #expect(result.exitCode == 1)
    #expect(result.outputLines.isEmpty)
    #expect(result.errorLines.count == 1, "\(result.errors)")
    #expect(folder.contents == before)
    return result.errors
  }

  @Test func inputsThatAreNotVideosAreRejected() throws {
    let folder = try TemporaryDirectory()
    let out = folder.file("out").path
    func refused(_ name: String) throws -> String {
      let message = try refusal(of: folder.file(name).path, output: out, in: folder)
      #expect(message.contains(folder.file(name).path))
      return message
    }
    try Data("hello, this is text\n".utf8).write(to: folder.file("text.mp4"))
    #expect(try refused("text.mp4").contains("not a video"))
    try Data().write(to: folder.file("empty.mp4"))
    #expect(try refused("empty.mp4").contains("is empty"))
    #expect(try refused("missing.mp4").contains("does not exist"))
    try FileManager.default.createDirectory(at: folder.file("folder.mp4"), withIntermediateDirectories: true)
    #expect(try refused("folder.mp4").contains("contains no video"))
    let source = try Data(contentsOf: #require(SharedData.file("single_face.mp4")))
    try source.prefix(120_000).write(to: folder.file("cut.mp4"))
    _ = try refused("cut.mp4")
    try Command.clip(folder.file(String(repeating: "n", count: 245) + ".mp4"), frames: 1)
    let long = try refusal(of: folder.file(String(repeating: "n", count: 245) + ".mp4").path, output: out, in: folder)
    #expect(long.contains("255 bytes"))
  }

  /// The names of partial files must be shortened then, and must still differ: a video and a table may have the same number.
  @Test func theLongestNameThatTheOutputsAllowIsProcessed() throws {
    let folder = try TemporaryDirectory()
    let stem = String(repeating: "n", count: 255 - "_right_mirrored.mp4".utf8.count)
    try Command.clip(folder.file("\(stem).mp4"), frames: 3)
    let result = try Command.process([folder.file("\(stem).mp4").path, "-o", folder.file("out").path])
    #expect(result.exitCode == 0, "\(result.errors)")
    let verification = try Command.run(["verify", folder.file("out").path])
    #expect(verification.exitCode == 0, "\(verification.errors)")
    #expect(result.outputLines.count == 12, "\(result.outputLines)")
  }

  @Test func foldersThatCannotBeWrittenToAreRejected() throws {
    let folder = try TemporaryDirectory()
    try Command.clip(folder.file("a.mp4"), frames: 1)
    try Data("a file".utf8).write(to: folder.file("taken"))
    for place in ["taken", "taken/below"] {
      let message = try refusal(of: folder.file("a.mp4").path, output: folder.file(place).path, in: folder)
      #expect(message.contains("\(folder.file("taken").path) is a file"))
    }
    // Root may write to a folder without permissions.
    guard geteuid() != 0 else { return }
    let shut = folder.file("shut")
    try FileManager.default.createDirectory(at: shut, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o555])
    #expect(try refusal(of: folder.file("a.mp4").path, output: shut.path, in: folder).contains("cannot write to \(shut.path)"))
  }

  @Test func anInvalidOptionValueIsAnsweredWithTheValidOnes() throws {
    for (arguments, word) in [
      (["--engine", "none"], "openface3"), (["--threads", "0"], "1024"), (["--providers", "gpu"], "openvino"),
      (["--orientation", "45"], "metadata"),
    ] {
      let result = try Command.run(["process", "a.mp4"] + arguments)
      #expect(result.exitCode == 64)
      #expect(result.errors.contains(word), "\(result.errors)")
    }
  }
}
