import Foundation
import TestSupport
import Testing

@Suite(BuiltCommand.trait)
struct DoctorCommandTests {
  @Test func namesWhatIsThereAndWhatGetsTheRest() throws {
    let folder = try TemporaryDirectory()
    let result = try BuiltCommand.run(["doctor"], in: folder)
    #expect(result.output.contains("libavcodec") && result.output.contains("encoder libx264") && result.output.contains("Cache"))
    #expect(result.status == (result.output.contains("MISSING") ? 1 : 0))
    #expect(result.output.contains(result.status == 0 ? "process can run." : "process cannot run yet."))
    #expect(result.errors.isEmpty, "\(result.errors)")
    // What it offers can be pasted: this program is not called by its name alone, so its name alone would not do.
    let program = try #require(PackageLocation.splitface).path
    let offers = result.output.components(separatedBy: "splitface models install").dropLast()
    #expect(offers.allSatisfy { ($0 + "splitface").hasSuffix(program) }, "\(result.output)")
  }

  @Test func aMissingLibraryIsAnAnswerNotAFailure() throws {
    let folder = try TemporaryDirectory()
    let result = try BuiltCommand.run(["doctor"], in: folder, environment: ["SPLITFACE_ONNXRUNTIME": folder.file("absent").path])
    #expect(result.status == 1 && !result.wasSignalled)
    #expect(result.output.contains("MISSING") && result.output.contains("make setup"))
    #expect(result.output.contains("libavcodec"), "the rest is still told")
  }

  @Test func aBrokenOwnModelIsToldWithItsFile() throws {
    let folder = try TemporaryDirectory()
    try Data("no network".utf8).write(to: folder.file("mine.onnx"))
    let result = try BuiltCommand.run(["doctor", "--model", "faceMesh=\(folder.file("mine.onnx").path)"], in: folder)
    #expect(result.status == 1 && result.output.contains("mine.onnx"))
  }
}
