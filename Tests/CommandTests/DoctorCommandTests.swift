import Foundation
import TestSupport
import Testing

@Suite(BuiltCommand.trait)
struct DoctorCommandTests {
  @Test func doctorListsWhatIsInstalledAndHowToGetTheRest() throws {
    let folder = try TemporaryDirectory()
    let result = try BuiltCommand.run(["doctor"], in: folder)
    for part in ["libavcodec", "encoder libx264", "Cache"] { #expect(result.output.contains(part)) }
    #expect(result.status == (result.output.contains("MISSING") ? 1 : 0))
    #expect(result.output.contains(result.status == 0 ? "process can run." : "process cannot run yet."))
    #expect(result.errors.isEmpty, "\(result.errors)")
    // The suggested commands can be pasted. The program was started by its path, since its name alone would not be found.
    let program = try #require(PackageLocation.splitface).path
    let offers = result.output.components(separatedBy: "splitface models install").dropLast()
    #expect(offers.allSatisfy { ($0 + "splitface").hasSuffix(program) }, "\(result.output)")
  }

  @Test func aMissingLibraryIsReportedLikeOtherFindings() throws {
    let folder = try TemporaryDirectory()
    let result = try BuiltCommand.run(["doctor"], in: folder, environment: ["SPLITFACE_ONNXRUNTIME": folder.file("absent").path])
    #expect(result.status == 1)
    #expect(!result.wasSignalled)
    #expect(result.output.contains("MISSING"))
    #expect(result.output.contains("make setup"))
    #expect(result.output.contains("libavcodec"), "the other findings are still reported")
  }

  @Test func aDamagedModelOfTheUsersOwnIsReportedWithItsFile() throws {
    let folder = try TemporaryDirectory()
    try Data("no network".utf8).write(to: folder.file("mine.onnx"))
    let result = try BuiltCommand.run(["doctor", "--model", "faceMesh=\(folder.file("mine.onnx").path)"], in: folder)
    #expect(result.status == 1)
    #expect(result.output.contains("mine.onnx"))
  }
}
