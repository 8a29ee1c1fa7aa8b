import Foundation
import OutputFiles
import TestSupport
import Testing

struct OutputSetTests {
  private let names = ["a_debug.mp4", "a_face.csv", "a_run.json"]
  private let folder: TemporaryDirectory
  /// The staging folder in `folder`. Its name is the same in all versions, so that each finds what a killed run of another has left.
  private var staging: URL { folder.file(".a.splitface-partial") }

  init() throws { folder = try TemporaryDirectory() }

  private func open(_ directory: URL, overwrite: Bool = false) throws(OutputFilesError) -> OutputSet {
    try OutputSet(directory: directory, stem: "a", names: names, overwrite: overwrite)
  }

  private func fill(_ outputs: OutputSet, _ text: String) throws {
    for name in names { try write(text, URL(filePath: outputs.stagedPath(name))) }
  }

  private func write(_ text: String, _ file: URL) throws { try Data(text.utf8).write(to: file) }

  private func text(_ name: String) throws -> String { try String(contentsOf: folder.file(name), encoding: .utf8) }

  private func failure(_ body: () throws -> Void) throws -> OutputFilesError {
    try #require(#expect(throws: OutputFilesError.self, performing: body))
  }

  @Test func filesAppearTogetherAtTheEnd() throws {
    let outputs = try open(folder.file("x/y"))
    try fill(outputs, "new")
    for name in names { #expect(!FileManager.default.fileExists(atPath: folder.file("x/y/" + name).path)) }
    try outputs.commit(last: "a_run.json")
    #expect(folder.contents == ["x", "x/y"] + names.map { "x/y/" + $0 })
    outputs.discard()
    #expect(folder.contents.count == 5, "discard() does nothing after commit(last:)")
  }

  @Test func aDiscardedSetIsRemovedWithTheFoldersCreatedForIt() throws {
    let outputs = try open(folder.file("x/y"))
    try fill(outputs, "new")
    outputs.discard()
    #expect(folder.contents.isEmpty)
  }

  @Test func foldersThatWereThereBeforeStay() throws {
    try FileManager.default.createDirectory(at: folder.file("x"), withIntermediateDirectories: true)
    try open(folder.file("x/y/z")).discard()
    #expect(folder.contents == ["x"])
  }

  @Test func aFolderWithSomebodyElsesFileStays() throws {
    let outputs = try open(folder.file("x/y"))
    try write("theirs", folder.file("x/y/theirs"))
    outputs.discard()
    #expect(folder.contents == ["x", "x/y", "x/y/theirs"])
  }

  @Test func aWithdrawnFileIsNotPartOfTheSet() throws {
    let outputs = try open(folder.url)
    try fill(outputs, "new")
    outputs.withdraw("a_face.csv")
    try outputs.commit(last: "a_run.json")
    #expect(folder.contents == ["a_debug.mp4", "a_run.json"])
    #expect(outputs.names == folder.contents)
  }

  @Test func existingFilesAreReplacedOnlyOnRequest() throws {
    try write("old", folder.file("a_face.csv"))
    let error = try failure { _ = try open(folder.url) }
    #expect(error.code == .exists)
    #expect(error.path == folder.file("a_face.csv").path)
    let outputs = try open(folder.url, overwrite: true)
    try fill(outputs, "new")
    #expect(try text("a_face.csv") == "old")
    try outputs.commit(last: "a_run.json")
    #expect(try text("a_face.csv") == "new")
    #expect(folder.contents == names)
  }

  /// A folder is in the place of the second file.
  @Test func aFailedMoveLosesNeitherOldNorNewFiles() throws {
    for name in ["a_debug.mp4", "a_run.json"] { try write("old", folder.file(name)) }
    try FileManager.default.createDirectory(at: folder.file("a_face.csv"), withIntermediateDirectories: false)
    try write("theirs", folder.file("a_face.csv/notes"))
    let outputs = try open(folder.url, overwrite: true)
    try fill(outputs, "new")
    let error = try failure { try outputs.commit(last: "a_run.json") }
    #expect(error.code == .isFolder)
    for name in ["a_debug.mp4", "a_run.json"] { #expect(try text(name) == "old") }
    outputs.discard()
    #expect(folder.contents == ["a_debug.mp4", "a_face.csv", "a_face.csv/notes", "a_run.json"])
  }

  @Test func aFileThatAppearsDuringTheRunIsNotReplaced() throws {
    let outputs = try open(folder.url)
    try fill(outputs, "new")
    try write("theirs", folder.file("a_face.csv"))
    let error = try failure { try outputs.commit(last: "a_run.json") }
    #expect(error.code == .exists)
    outputs.discard()
    #expect(folder.contents == ["a_face.csv"])
    #expect(try text("a_face.csv") == "theirs")
  }

  /// The files that the killed run had backed up are removed once the new ones are all there.
  @Test func theMoveOfAKilledRunIsFinished() throws {
    try FileManager.default.createDirectory(at: staging.appending(path: "earlier"), withIntermediateDirectories: true)
    for name in ["earlier/a_debug.mp4", "earlier/a_run.json"] { try write("old", staging.appending(path: name)) }
    try write("new", folder.file("a_debug.mp4"))
    for name in ["a_face.csv", "a_run.json"] { try write("new", staging.appending(path: name)) }
    try write("old", folder.file("a_face.csv"))
    try write(names.joined(separator: "\0"), staging.appending(path: "whole"))
    try open(folder.url, overwrite: true).discard()
    #expect(folder.contents == names)
    for name in names { #expect(try text(name) == "new") }
  }

  @Test func theMovesOfAllKilledRunsInAFolderAreFinished() throws {
    try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: true)
    for name in names + ["lock"] { try write("new", staging.appending(path: name)) }
    try write(names.joined(separator: "\0"), staging.appending(path: "whole"))
    let running = try OutputSet(directory: folder.url, stem: "b", names: ["b_run.json"], overwrite: false)
    OutputSet.finishMoves(in: folder.url)
    #expect(folder.contents == [".b.splitface-partial", ".b.splitface-partial/lock"] + names)
    running.discard()
  }

  @Test func twoRunsWithTheSameOutputsExcludeEachOther() throws {
    let first = try open(folder.url)
    let error = try failure { _ = try open(folder.url) }
    #expect(error.code == .busy)
    #expect(error.message == "another run is writing to \(staging.path)")
    try fill(first, "first")
    try first.commit(last: "a_run.json")
    try open(folder.url, overwrite: true).discard()
    #expect(folder.contents == names)
  }

  @Test func anIncompleteSetOfAKilledRunIsRemoved() throws {
    try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: true)
    for name in ["lock", "a_debug.mp4", ".a_debug.mp4.partial-1-1"] { try write("old", staging.appending(path: name)) }
    let outputs = try open(folder.url)
    #expect(folder.contents == [".a.splitface-partial", ".a.splitface-partial/lock"])
    outputs.discard()
    #expect(folder.contents.isEmpty)
  }

  @Test func longNamesGetDifferentStagingFoldersOrAreRejected() throws {
    func open(_ stem: String) throws -> OutputSet {
      try OutputSet(directory: folder.url, stem: stem, names: [stem + "_run.json"], overwrite: false)
    }
    let stem = String(repeating: "s", count: 245)
    let sets = [try open(stem + "1"), try open(stem + "2")]
    for outputs in sets { outputs.discard() }
    let error = try failure { _ = try open(stem + "123") }
    #expect(error.code == .nameTooLong)
    #expect(error.message.contains("255 bytes"))
    #expect(folder.contents.isEmpty)
  }
}
