import Foundation
import OutputFiles
import TestSupport
import Testing

struct PartialFileTests {
  private let folder: TemporaryDirectory
  private var target: URL { folder.file("a.txt") }

  init() throws { folder = try TemporaryDirectory() }

  private func text(_ file: URL) throws -> String { try String(contentsOf: file, encoding: .utf8) }

  @Test func aFileAppearsWhenItIsCommitted() throws {
    var file = try PartialFile(path: target.path)
    try file.append(Array("one, ".utf8))
    try file.append(Array("not two".utf8)[4...])
    #expect(file.byteCount == 8)
    #expect(folder.contents.allSatisfy { $0.hasPrefix(".a.txt.partial-") })
    try file.commit()
    #expect(folder.contents == ["a.txt"])
    #expect(try text(target) == "one, two")
  }

  @Test func aFileThatIsNotCommittedIsRemoved() throws {
    try Data("before".utf8).write(to: target)
    do {
      var file = try PartialFile(path: target.path)
      try file.append(Array("after".utf8))
      #expect(folder.contents.count == 2)
    }
    #expect(folder.contents == ["a.txt"])
    #expect(try text(target) == "before")
  }

  @Test func aFileWrittenBySomethingElseIsCommitted() throws {
    try Data("before".utf8).write(to: target)
    let file = PartialFile(writtenElsewhere: target.path)
    try Data("after".utf8).write(to: URL(filePath: file.partialPath))
    #expect(try text(target) == "before")
    try file.commit()
    #expect(try text(target) == "after")
    #expect(folder.contents == ["a.txt"])
  }

  @Test func aCommitThatFailsLeavesNothing() throws {
    try FileManager.default.createDirectory(at: target, withIntermediateDirectories: false)
    var file = try PartialFile(path: target.path)
    try file.append(Array("text".utf8))
    let commit: Result<Void, OutputFilesError>
    do { commit = .success(try file.commit()) } catch { commit = .failure(error) }
    let error = #expect(throws: OutputFilesError.self) { try commit.get() }
    #expect(error?.code == .cannotWrite)
    #expect(error?.path == target.path)
    #expect(error?.systemError == EISDIR)
    #expect(folder.contents == ["a.txt"])
  }

  @Test func aMissingFolderIsReported() throws {
    let error = #expect(throws: OutputFilesError.self) { try PartialFile.write([1], to: folder.path + "/x/y/a.txt") }
    #expect(error?.code == .cannotWrite)
    #expect(error?.message == "cannot create \(folder.path)/x/y/a.txt: No such file or directory")
    #expect(folder.contents.isEmpty)
  }

  @Test func aSmallFileIsWrittenWithTheFoldersAboveIt() throws {
    try PartialFile.write(Array("text".utf8), to: folder.path + "/x/y/a.txt", creatingDirectories: true)
    #expect(folder.contents == ["x", "x/y", "x/y/a.txt"])
    #expect(try text(folder.file("x/y/a.txt")) == "text")
  }

  @Test func aFileInThePlaceOfAFolderIsReported() throws {
    try Data().write(to: target)
    let error = #expect(throws: OutputFilesError.self) {
      try PartialFile.write([1], to: target.path + "/b.txt", creatingDirectories: true)
    }
    #expect(error?.code == .folderUnavailable)
    #expect(error?.message.contains("\(target.path) is a file") == true)
  }
}
