import Foundation
import SplitFace
import TestSupport
import Testing

@Suite struct OutputSetTests {
  private let names = ["a_debug.mp4", "a_face.csv", "a_run.json"]

  private func open(_ folder: URL, overwrite: Bool = false) throws -> OutputSet {
    try OutputSet(directory: folder, stem: "a", names: names, overwrite: overwrite)
  }

  private func fill(_ outputs: OutputSet, _ text: String) throws {
    for name in names { try Data(text.utf8).write(to: URL(filePath: outputs.stagedPath(name))) }
  }

  @Test func filesAppearTogetherAtTheEnd() throws {
    let folder = try TemporaryDirectory()
    let outputs = try open(folder.file("x/y"))
    try fill(outputs, "new")
    #expect(names.allSatisfy { !FileManager.default.fileExists(atPath: folder.file("x/y/" + $0).path) })
    try outputs.commit(last: "a_run.json")
    #expect(folder.contents == ["x", "x/y"] + names.map { "x/y/" + $0 })
    outputs.discard()
    #expect(folder.contents.count == 5, "nothing happens after commit()")
  }

  @Test func whatIsNotFinishedIsRemovedWithTheFoldersMadeForIt() throws {
    let folder = try TemporaryDirectory()
    let outputs = try open(folder.file("x/y"))
    try fill(outputs, "new")
    outputs.discard()
    #expect(folder.contents == [])
    // One that was there before stays.
    try FileManager.default.createDirectory(at: folder.file("x"), withIntermediateDirectories: true)
    try open(folder.file("x/y/z")).discard()
    #expect(folder.contents == ["x"])
    // And one that somebody else put something into.
    let other = try open(folder.file("x/y"))
    try Data().write(to: folder.file("x/y/theirs"))
    other.discard()
    #expect(folder.contents == ["x", "x/y", "x/y/theirs"])
  }

  @Test func whatIsWithdrawnIsNotPartOfTheSet() throws {
    let folder = try TemporaryDirectory()
    let outputs = try open(folder.url)
    try fill(outputs, "new")
    outputs.withdraw("a_face.csv")
    try outputs.commit(last: "a_run.json")
    #expect(folder.contents == ["a_debug.mp4", "a_run.json"] && outputs.names == folder.contents)
  }

  @Test func existingFilesAreReplacedOnlyWhenAsked() throws {
    let folder = try TemporaryDirectory()
    try Data("old".utf8).write(to: folder.file("a_face.csv"))
    #expect { _ = try open(folder.url) } throws: { ($0 as? SplitFaceError)?.code == .outputExists }
    let outputs = try open(folder.url, overwrite: true)
    try fill(outputs, "new")
    #expect(try Data(contentsOf: folder.file("a_face.csv")) == Data("old".utf8))
    try outputs.commit(last: "a_run.json")
    #expect(try Data(contentsOf: folder.file("a_face.csv")) == Data("new".utf8))
    #expect(folder.contents == names)
  }

  /// A folder stands where the second file must go.
  @Test func aFailedMoveLosesNeitherOldNorNew() throws {
    let folder = try TemporaryDirectory()
    for name in ["a_debug.mp4", "a_run.json"] { try Data("old".utf8).write(to: folder.file(name)) }
    try FileManager.default.createDirectory(at: folder.file("a_face.csv"), withIntermediateDirectories: false)
    try Data("theirs".utf8).write(to: folder.file("a_face.csv/notes"))
    let outputs = try open(folder.url, overwrite: true)
    try fill(outputs, "new")
    #expect { try outputs.commit(last: "a_run.json") } throws: { "\($0)".contains("is a folder") }
    for name in ["a_debug.mp4", "a_run.json"] { #expect(try Data(contentsOf: folder.file(name)) == Data("old".utf8)) }
    outputs.discard()
    #expect(folder.contents == ["a_debug.mp4", "a_face.csv", "a_face.csv/notes", "a_run.json"])
  }

  @Test func aFileThatCameMeanwhileIsNotReplacedUnasked() throws {
    let folder = try TemporaryDirectory()
    let outputs = try open(folder.url)
    try fill(outputs, "new")
    try Data("theirs".utf8).write(to: folder.file("a_face.csv"))
    #expect { try outputs.commit(last: "a_run.json") } throws: { ($0 as? SplitFaceError)?.code == .outputExists }
    outputs.discard()
    #expect(folder.contents == ["a_face.csv"])
    #expect(try Data(contentsOf: folder.file("a_face.csv")) == Data("theirs".utf8))
  }

  /// The earlier files that a killed run had put aside go when its own are all there.
  @Test func aMoveThatWasKilledIsEndedWithTheNewFiles() throws {
    let folder = try TemporaryDirectory()
    let staging = folder.file(".a.splitface-partial")
    try FileManager.default.createDirectory(at: staging.appending(path: "earlier"), withIntermediateDirectories: true)
    for name in ["earlier/a_debug.mp4", "earlier/a_run.json"] { try Data("old".utf8).write(to: staging.appending(path: name)) }
    try Data("new".utf8).write(to: folder.file("a_debug.mp4"))
    for name in ["a_face.csv", "a_run.json"] { try Data("new".utf8).write(to: staging.appending(path: name)) }
    try Data("old".utf8).write(to: folder.file("a_face.csv"))
    try Data(names.joined(separator: "\0").utf8).write(to: staging.appending(path: "whole"))
    try open(folder.url, overwrite: true).discard()
    #expect(folder.contents == names)
    for name in names { #expect(try Data(contentsOf: folder.file(name)) == Data("new".utf8)) }
  }

  @Test func twoRunsDoNotMix() throws {
    let folder = try TemporaryDirectory()
    let first = try open(folder.url)
    #expect { _ = try open(folder.url) } throws: { error in
      (error as? SplitFaceError)?.code == .outputUnavailable && "\(error)".contains("another run")
    }
    try fill(first, "first")
    try first.commit(last: "a_run.json")
    try open(folder.url, overwrite: true).discard()
    #expect(folder.contents == names)
  }

  @Test func whatAKilledRunLeftIsRemoved() throws {
    let folder = try TemporaryDirectory()
    let staging = folder.file(".a.splitface-partial")
    try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: true)
    for name in ["lock", "a_debug.mp4", ".a_debug.mp4.partial-1-1"] { try Data("old".utf8).write(to: staging.appending(path: name)) }
    let outputs = try open(folder.url)
    #expect(folder.contents == [".a.splitface-partial", ".a.splitface-partial/lock"])
    outputs.discard()
    #expect(folder.contents == [])
  }

  @Test func longNamesAreToldApartOrRefused() throws {
    let folder = try TemporaryDirectory()
    func open(_ stem: String) throws -> OutputSet {
      try OutputSet(directory: folder.url, stem: stem, names: [stem + "_run.json"], overwrite: false)
    }
    let stem = String(repeating: "s", count: 245)
    let sets = [try open(stem + "1"), try open(stem + "2")]
    for outputs in sets { outputs.discard() }
    #expect { _ = try open(stem + "123") } throws: { "\($0)".contains("255 bytes") }
    #expect(folder.contents == [])
  }
}
