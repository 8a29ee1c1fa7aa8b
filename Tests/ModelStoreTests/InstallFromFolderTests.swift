import Foundation
import ModelStore
import TestSupport
import Testing

@Suite struct InstallFromFolderTests {
  @Test func theFilesInTheFolderAreInstalled() throws {
    let sample = try Sample()
    let given = try TemporaryDirectory()
    try Data(sample.files["small.bin"]!).write(to: given.file("small.bin"))
    var progress: [InstallProgress] = []
    let state = try sample.store.install("sample", from: given.url) { progress.append($0) }
    #expect(state.isPartlyInstalled)
    #expect(progress.contains(.notGiven(file: "large.bin")))
    #expect(sample.stored == ["sample/small.bin"])
    #expect(try sample.installed("small.bin") == sample.files["small.bin"])
    #expect(given.contents == ["small.bin"], "the user's files stay")
  }

  @Test func aWrongFileIsRefused() throws {
    let sample = try Sample()
    let given = try TemporaryDirectory()
    try Data(sample.files["small.bin"]!).write(to: given.file("small.bin"))
    try Data(Sample.bytes(300_000, seed: 7)).write(to: given.file("large.bin"))
    let error = #expect(throws: ModelStoreError.self) { try sample.store.install("sample", from: given.url) }
    #expect(error?.code == .mismatch)
    #expect(error?.path == given.file("large.bin").path)
    #expect(sample.stored == [])
  }

  @Test func aFolderWithoutTheFilesIsReported() throws {
    let sample = try Sample()
    let given = try TemporaryDirectory()
    let error = #expect(throws: ModelStoreError.self) { try sample.store.install("sample", from: given.url) }
    #expect(error?.message.contains("large.bin, small.bin") == true)
    #expect(sample.stored == [])
  }

  @Test func aStoreThatCannotBeWrittenIsReported() throws {
    let sample = try Sample()
    try Data().write(to: sample.store.directory)
    let error = #expect(throws: ModelStoreError.self) { try sample.store.install("sample", from: sample.folder.url) }
    #expect(error?.code == .unwritable)
  }
}
