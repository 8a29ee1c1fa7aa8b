import Foundation
import ModelStore
import SplitFace
import TestSupport
import Testing

/// `splitface verify` on a set of outputs made with FFmpeg.
@Suite(BuiltCommand.trait, .enabled(if: FFmpegTool.isAvailable))
struct VerifyCommandTests {
  private let folder: TemporaryDirectory

  /// Writes a video of six frames and a table of six rows with their run record into a subfolder.
  init() throws {
    folder = try TemporaryDirectory()
    try FileManager.default.createDirectory(at: folder.file("visits"), withIntermediateDirectories: true)
    try FFmpegTool.make([
      "-f", "lavfi", "-i", "testsrc=size=64x48:rate=25", "-frames:v", "6", "-pix_fmt", "yuv420p", video.path,
    ])
    try Data(("frame,value\n" + (1...6).map { "\($0),0.5\n" }.joined()).utf8).write(to: table)
    try writeRecord()
  }

  private var video: URL { folder.file("visits/a_debug.mp4") }
  private var table: URL { folder.file("visits/a_face.csv") }

  private func writeRecord(frames: Int = 6, rows: Int = 6, tableName: String = "a_face.csv") throws {
    func output(_ url: URL, _ name: String, _ count: String) throws -> String {
      let bytes = try Data(contentsOf: url).count
      return "{\"file\": \"\(name)\", \"bytes\": \(bytes), \"sha256\": \"\(try FileChecksum.sha256(of: url))\", \(count)}"
    }
    let text = """
      {"schema": 1, "version": "0", "job": "mirror", "finished": "2025-01-01T00:00:00Z",
      "input": {"path": "a.mov", "bytes": 1, "container": "mov", "codec": "h264", "pixelFormat": "yuv420p", "codedWidth": 64,
       "codedHeight": 48, "width": 64, "height": 48, "orientation": "up"},
      "options": {"engine": "auto", "orientation": "auto", "audio": "copy", "landmarks": false, "threads": 1, "providers": [],
       "extraColumns": []},
      "frames": {"read": \(frames), "damagedPackets": 0, "withFace": 0, "held": 0, "withoutFace": \(frames)},
      "networks": [], "inference": {"version": "1.24", "path": "/"},
      "outputs": [\(try output(video, "a_debug.mp4", "\"frames\": \(frames)")), \(try output(table, tableName, "\"rows\": \(rows)"))],
      "time": {"wall": 1, "processor": 1, "framesPerSecond": 6, "stages": {}}, "peakMemory": 1, "warnings": []}
      """
    try Data(text.utf8).write(to: folder.file("visits/a_run.json"))
  }

  private func verify() throws -> ChildProcess.Result { try BuiltCommand.run(["verify", folder.path], in: folder) }

  @Test func anUnchangedSetIsIntact() throws {
    let result = try verify()
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output == "intact   \(folder.path)/visits/a_run.json: 2 files, 6 frames\n")
  }

  @Test func aChangedByteIsDetected() throws {
    var bytes = try Data(contentsOf: video)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: video)
    let result = try verify()
    #expect(result.status == 1)
    #expect(result.output.contains("damaged"))
    #expect(result.output.contains("a_debug.mp4 was changed"))
  }

  @Test func missingAndShortenedFilesAreDetectedBySizeAlone() throws {
    try FileManager.default.removeItem(at: video)
    try Data("frame,value\n".utf8).write(to: table)
    let verification = RunVerification(of: folder.file("visits/a_run.json"), depth: .sizes)
    #expect(verification.problems == ["a_debug.mp4 is missing", "a_face.csv has 12 bytes, but 48 were written"])
  }

  @Test func wrongNumbersOfFramesAndRowsAreDetected() throws {
    try writeRecord(frames: 7, rows: 5)
    let result = try verify()
    #expect(result.status == 1)
    #expect(result.output.contains("a_debug.mp4 has 6 frames, but 7 were written"))
    #expect(result.output.contains("a_face.csv has 6 rows, but 5 were written"))
  }

  @Test func aRecordMustNotReferToFilesInOtherFolders() throws {
    try writeRecord(tableName: "../visits/a_face.csv")
    #expect(try verify().output.contains("is not in the record's folder"))
  }

  @Test(arguments: ["", "{", "[]"]) func aDamagedRecordIsReported(_ text: String) throws {
    try Data(text.utf8).write(to: folder.file("visits/a_run.json"))
    let result = try verify()
    #expect(result.status == 1)
    #expect(result.output.contains("cannot be read as the record of a job"))
  }

  @Test func nothingToVerifyIsAnError() throws {
    let empty = try TemporaryDirectory()
    let result = try BuiltCommand.run(["verify", empty.path], in: folder)
    #expect(result.status == 1)
    #expect(result.errors.contains("nothing to verify"))
    let absent = try BuiltCommand.run(["verify", folder.file("absent").path], in: folder)
    #expect(absent.status == 1)
    #expect(absent.errors.contains("does not exist"))
  }
}
