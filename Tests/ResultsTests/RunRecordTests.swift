import ActionUnits
import Foundation
import ModelStore
import Results
import TestSupport
import Testing

@Suite struct RunRecordTests {
  /// Written by version 0.1.0 for `process --engine hybrid --columns emotion,gaze --embed`; its paths were changed.
  private var old: URL {
    get throws { try #require(Bundle.module.url(forResource: "run-0.1", withExtension: "json", subdirectory: "Fixtures")) }
  }

  private func keys(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func aRecordOfVersion01TellsItsJob() throws {
    let record = try RunRecord.read(from: old)
    var expected = JobSpec(.process, inputs: [URL(filePath: "/videos/single_face.mp4")])
    expected.engine = .hybrid
    expected.extraColumns = [.emotion, .gaze]
    expected.embed = true
    #expect(record.spec == expected)
    #expect(record.frames.read == 72)
    #expect(record.resources.threads == 2)
  }

  @Test func everythingThatVersion01WroteIsStillWritten() throws {
    let before = try keys(Data(contentsOf: old))
    var after = try keys(RunRecord.read(from: old).encoded())
    #expect(after.removeValue(forKey: "spec") != nil)
    #expect(NSDictionary(dictionary: after) == NSDictionary(dictionary: before))
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let folder = try TemporaryDirectory()
    var record = try RunRecord.read(from: old)
    record.spec.models = [.multitask: URL(filePath: "own.onnx")]
    try record.encoded().write(to: folder.file("a_run.json"))
    let read = try RunRecord.read(from: folder.file("a_run.json"))
    #expect(read.spec == record.spec)
    #expect(try read.encoded() == record.encoded())
  }

  @Test func anotherFileIsNoRecord() throws {
    let folder = try TemporaryDirectory()
    try Data("{}".utf8).write(to: folder.file("a_run.json"))
    let error = try #require(throws: ResultsError.self) { try RunRecord.read(from: folder.file("a_run.json")) }
    #expect(error.code == .recordUnreadable)
  }

  @Test func aRecordCannotPointOutOfItsFolder() throws {
    let folder = try TemporaryDirectory()
    var record = try RunRecord.read(from: old)
    record.outputs = [RunRecord.Output(file: "../visit_summary.csv", bytes: 1, sha256: "")]
    try record.encoded().write(to: folder.file("a_run.json"))
    let result = try StoredResult(recordFile: folder.file("a_run.json"))
    #expect(result.url(ofOutputWithSuffix: "_summary.csv") == nil)
  }
}
