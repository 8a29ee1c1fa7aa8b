import Foundation
import TestSupport
import Testing

@Suite(BuiltCommand.trait)
struct ModelsCommandTests {
  private let folder: TemporaryDirectory
  private static var checkpoint: URL? { SharedData.file("Alignment_RetinaFace.pth") }

  init() throws { folder = try TemporaryDirectory() }

  private func models(_ arguments: String..., environment: [String: String?] = [:]) throws -> ChildProcess.Result {
    try BuiltCommand.run(["models"] + arguments, in: folder, environment: environment)
  }

  @Test func listNamesLicencesSourcesAndHowToInstall() throws {
    let result = try models("list")
    #expect(result.status == 0)
    for text in [
      "openface3: not installed", "research use", "splitface models install openface3", "Apache-2.0", folder.file("models").path,
    ] {
      #expect(result.output.contains(text), "\(text) in \(result.output)")
    }
  }

  @Test(.enabled(if: checkpoint != nil)) func installFromAFolderShowsTheLicenceAndCopiesThePublishedFile() throws {
    let given = try #require(Self.checkpoint)
    let result = try models("install", "openface3", "--from", given.deletingLastPathComponent().path)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("research use"))
    #expect(result.errors.contains("MTL_backbone.pth: skipped because it is not in the folder"))
    let installed = folder.file("models/openface3/Alignment_RetinaFace.pth")
    #expect(result.output == installed.path + "\n")
    #expect(FileManager.default.contentsEqual(atPath: installed.path, andPath: given.path))
    #expect(try models("list").output.contains("openface3: partly installed"))
    #expect(try models("verify").status == 0)

    // A changed file is reported, and not used.
    let handle = try FileHandle(forUpdating: installed)
    try handle.seek(toOffset: 1000)
    try handle.write(contentsOf: Data([1, 2, 3, 4]))
    try handle.close()
    let verified = try models("verify")
    #expect(verified.status == 1)
    #expect(verified.output.contains("changed     openface3/Alignment_RetinaFace.pth"))
    let path = try models("path", "retinaface")
    #expect(path.status == 1)
    #expect(path.errors.contains("no longer the published file"))
  }

  @Test func aFailedInstallGivesOneLineAndLeavesNoFiles() throws {
    let empty = try TemporaryDirectory()
    let cases = [
      (["install", "openface3", "--from", empty.path], "contains none of"),
      (["install", "nothing"], "there is no model package 'nothing'"),
      (["install", "openface3", "--base-url", "http://example.org/x"], "https address is needed"),
      (["install", "openface3", "--base-url", "http://127.0.0.1:1/x"], "could not download"),
    ]
    for (arguments, words) in cases {
      let result = try BuiltCommand.run(["models"] + arguments + ["--quiet"], in: folder)
      let last = result.errors.split(separator: "\n").last ?? ""
      #expect(result.status == 1, "\(arguments)")
      #expect(last.contains(words), "\(arguments): \(result.errors)")
    }
    #expect(!folder.contents.contains { $0.hasPrefix("models/openface3") })
    #expect(try models("install", "openface3", "--from", "a", "--base-url", "https://example.org").status == 64)
  }

  @Test func pathWithoutANetworkPrintsTheStoresFolder() throws {
    #expect(try models("path").output == folder.file("models").path + "\n")
  }

  /// A proxy would connect to its own machine. Neither the proxy nor the server exists; the message names the one that was tried.
  @Test func downloadsFromThisMachineDoNotUseAProxy() throws {
    for host in ["127.0.0.1", "localhost"] {
      let result = try models(
        "install", "openface3", "--base-url", "http://\(host):1/x", "--quiet",
        environment: ["http_proxy": "http://127.0.0.1:2", "all_proxy": "http://127.0.0.1:2", "no_proxy": nil, "NO_PROXY": nil])
      #expect(result.status == 1)
      #expect(result.errors.contains("port 1"), "\(result.errors)")
    }
  }

  @Test(.enabled(if: checkpoint != nil)) func convertReplacesAFileOnlyIfForced() throws {
    let source = try #require(Self.checkpoint).path
    let target = folder.file("own.onnx")
    let first = try models("convert", source, "--as", "retinaface", "-o", target.path)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output == target.path + "\n")
    let bytes = try Data(contentsOf: target)
    // The published file's checksum is in the metadata, which is plain text in an ONNX file.
    #expect(bytes.range(of: Data("2979b33ffafda5d74b6948cd7a5b9a7a62f62b949cef24e95fd15d2883a65220".utf8)) != nil)

    let second = try models("convert", source, "--as", "retinaface", "-o", target.path)
    #expect(second.status == 1)
    #expect(second.errors.contains("use --force"))
    #expect(try models("convert", source, "--as", "retinaface", "-o", target.path, "--force").status == 0)
    #expect(try Data(contentsOf: target) == bytes)

    let other = try models("convert", source, "--as", "multitask", "-o", folder.file("other.onnx").path)
    #expect(other.status == 1)
    #expect(other.errors.split(separator: "\n").count == 1)
    #expect(other.errors.contains("not in the checkpoint"))
    #expect(folder.contents.filter { !$0.hasPrefix("cache") } == ["own.onnx"])
  }

  @Test func convertRejectsFilesAndNetworksThatItCannotConvert() throws {
    #expect(try models("convert", "face.task", "--as", "star").errors.contains("converted automatically"))
    #expect(try models("convert", "absent.pth", "--as", "star").errors.contains("No such file"))
    #expect(try models("convert", "absent.pth", "--as", "faceMesh").status == 64)
  }
}
