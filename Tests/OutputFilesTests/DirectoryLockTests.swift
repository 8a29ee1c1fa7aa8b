import Foundation
import OutputFiles
import TestSupport
import Testing

struct DirectoryLockTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  /// Returns whether the lock can be taken, and releases it.
  private func isFree(prepare: () throws(OutputFilesError) -> Void = {}) throws -> Bool { try acquire(prepare: prepare) != nil }

  private func acquire(prepare: () throws(OutputFilesError) -> Void = {}) throws -> DirectoryLock? {
    switch try DirectoryLock.acquire(in: folder.file("x"), named: "lock", prepare: prepare) {
    case .acquired(let lock): return lock
    case .busy: return nil
    case .unsupported: return nil
    }
  }

  private func makeFolder() { try? FileManager.default.createDirectory(at: folder.file("x"), withIntermediateDirectories: true) }

  @Test func aLockExcludesOthersUntilItIsDestroyed() throws {
    makeFolder()
    do {
      let first = try acquire()
      #expect(try !isFree())
      withExtendedLifetime(first) {}
    }
    #expect(try isFree())
  }

  @Test func theDirectoryIsCreatedAgainIfItDisappears() throws {
    var attempts = 0
    let isFree = try isFree { () throws(OutputFilesError) in
      attempts += 1
      if attempts == 3 { makeFolder() }
    }
    #expect(isFree)
    #expect(attempts == 3)
  }

  @Test func aMissingDirectoryIsReported() throws {
    let error = #expect(throws: OutputFilesError.self) { _ = try acquire() }
    #expect(error?.code == .folderUnavailable)
  }

  @Test func aLinkInThePlaceOfTheLockIsNotFollowed() throws {
    makeFolder()
    try FileManager.default.createSymbolicLink(at: folder.file("x/lock"), withDestinationURL: folder.file("elsewhere"))
    #expect(throws: OutputFilesError.self) { _ = try acquire() }
    #expect(folder.contents == ["x", "x/lock"])
  }
}
