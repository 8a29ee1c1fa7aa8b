import Foundation
import OutputFiles
import TestSupport
import Testing

struct PartialDirectoryTests {
  private let folder: TemporaryDirectory
  private var target: URL { folder.file("cache/network") }

  init() throws { folder = try TemporaryDirectory() }

  private func write(_ text: String, isComplete: () -> Bool) throws {
    let directory = try PartialDirectory(target)
    for name in ["model", "data"] {
      var file = try directory.file(name)
      try file.append(Array(text.utf8))
      try file.commit()
    }
    try directory.commit(unless: isComplete)
  }

  private func text(_ name: String) throws -> String { try String(contentsOf: target.appending(path: name), encoding: .utf8) }

  @Test func aDirectoryAppearsWithItsFiles() throws {
    try write("text") { false }
    #expect(folder.contents == ["cache", "cache/network", "cache/network/data", "cache/network/model"])
    #expect(try text("data") == "text")
  }

  @Test func aDirectoryThatIsNotCommittedIsRemoved() throws {
    do {
      let directory = try PartialDirectory(target)
      try directory.file("model").commit()
      #expect(folder.contents.count == 3)
    }
    #expect(folder.contents == ["cache"])
  }

  @Test func aCompleteDirectoryOfAnotherProcessStays() throws {
    try write("first") { false }
    try write("second") { true }
    #expect(try text("model") == "first")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("cache").path) == ["network"])
  }

  @Test func anIncompleteDirectoryIsReplaced() throws {
    try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
    try Data("half".utf8).write(to: target.appending(path: "old"))
    try write("new") { false }
    #expect(folder.contents == ["cache", "cache/network", "cache/network/data", "cache/network/model"])
    #expect(try text("model") == "new")
  }
}
