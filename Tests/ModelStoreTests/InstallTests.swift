import Foundation
import ModelStore
import TestSupport
import Testing

/// Installation from a server on this machine. Needs the curl program, which does the downloading.
@Suite(.enabled(if: ChildProcess.find("curl") != nil)) struct InstallTests {
  private func failure(_ body: () throws -> Void) -> ModelStoreError? {
    do { try body() } catch { return error as? ModelStoreError }
    return nil
  }

  @Test func downloadedFilesAreInstalled() throws {
    let sample = try Sample()
    let server = try LocalServer(sample.files)
    defer { server.stop() }
    var progress: [InstallProgress] = []
    let state = try sample.store.install("sample", baseURL: server.url) { progress.append($0) }
    #expect(state.isInstalled)
    #expect(sample.stored == ["sample/large.bin", "sample/small.bin"])
    #expect(try sample.installed("large.bin") == sample.files["large.bin"])
    #expect(progress.contains(.received(file: "large.bin", bytes: 300_000, of: 300_000)))
    #expect(sample.store.verify().map(\.state) == [.intact, .intact])
    #expect(server.requests == [.init(path: "/mirror/large.bin", start: nil), .init(path: "/mirror/small.bin", start: nil)])

    try sample.store.install("sample", baseURL: server.url)
    #expect(server.requests.count == 2, "installed files are not downloaded again")
  }

  @Test func anEarlierDownloadIsResumed() throws {
    let sample = try Sample()
    let server = try LocalServer(sample.files)
    defer { server.stop() }
    try Data(sample.files["large.bin"]![..<123_456]).write(to: sample.partial("large.bin"))
    var progress: [InstallProgress] = []
    try sample.store.install("sample", baseURL: server.url) { progress.append($0) }
    #expect(progress.first == .resuming(file: "large.bin", after: 123_456))
    #expect(server.requests.first?.start == 123_456)
    #expect(try sample.installed("large.bin") == sample.files["large.bin"])
  }

  @Test func aCancelledDownloadKeepsTheBytesThatArrived() throws {
    let sample = try Sample()
    let server = try LocalServer(sample.files)
    defer { server.stop() }
    var received = 0
    let error = failure {
      try sample.store.install(
        "sample", baseURL: server.url, progress: { if case .received(_, let bytes, _) = $0 { received = bytes } },
        isCancelled: { received > 0 })
    }
    #expect(error?.code == .cancelled)
    #expect(received > 0)
    #expect(try Data(contentsOf: sample.partial("large.bin")).count == received)
    #expect(!sample.store.list()[0].isPartlyInstalled)
    try sample.store.install("sample", baseURL: server.url)
    #expect(try sample.installed("large.bin") == sample.files["large.bin"])
    #expect(server.requests.contains(.init(path: "/mirror/large.bin", start: received)) || received == 300_000)
  }

  @Test func aBrokenConnectionIsTriedAgain() throws {
    let sample = try Sample()
    let server = try LocalServer(sample.files)
    defer { server.stop() }
    server.next(.breakOff(after: 100_000), .breakOff(after: 50_000))
    try sample.store.install("sample", baseURL: server.url)
    #expect(server.requests.prefix(3).map(\.start) == [nil, 100_000, 150_000])
    #expect(try sample.installed("large.bin") == sample.files["large.bin"])
  }

  @Test func aServerWithoutRangesMeansANewStart() throws {
    let sample = try Sample()
    let server = try LocalServer(sample.files)
    defer { server.stop() }
    try Data(sample.files["large.bin"]![..<1000]).write(to: sample.partial("large.bin"))
    server.next(.ignoreRanges)
    try sample.store.install("sample", baseURL: server.url)
    #expect(try sample.installed("large.bin") == sample.files["large.bin"])
  }

  @Test(arguments: [true, false]) func aPartOfAnotherFileMeansANewStart(sizeIsKnown: Bool) throws {
    let sample = try Sample(sizeIsKnown: sizeIsKnown)
    let server = try LocalServer(sample.files)
    defer { server.stop() }
    // A shorter one, which is appended to, and one of the file's size, which can only be wrong.
    try Data(Sample.bytes(5000, seed: 9)).write(to: sample.partial("large.bin"))
    try Data(Sample.bytes(1000, seed: 9)).write(to: sample.partial("small.bin"))
    try sample.store.install("sample", baseURL: server.url)
    #expect(try sample.installed("large.bin") == sample.files["large.bin"])
    #expect(try sample.installed("small.bin") == sample.files["small.bin"])
  }

  @Test func aRedirectionIsFollowed() throws {
    let sample = try Sample()
    let server = try LocalServer(sample.files)
    defer { server.stop() }
    server.next(.redirect(to: "/mirror/large.bin"))
    try sample.store.install("sample", baseURL: server.url)
    #expect(try sample.installed("large.bin") == sample.files["large.bin"])
  }

  @Test func oneWrongByteIsRefused() throws {
    let sample = try Sample()
    var files = sample.files
    files["small.bin"]![500] ^= 1
    let server = try LocalServer(files)
    defer { server.stop() }
    let error = failure { try sample.store.install("sample", baseURL: server.url) }
    #expect(error?.code == .mismatch)
    #expect(error?.message.contains("small.bin") == true)
    // The large file was right: it is not installed by itself, but kept for the next attempt.
    #expect(sample.stored == [".partial/" + (try sample.partial("large.bin").lastPathComponent)])
    #expect(sample.store.list()[0].files.allSatisfy { $0.location == nil })
  }

  @Test func anotherSizeIsRefused() throws {
    let sample = try Sample()
    for extra in [-1, 1, 1_000_000] {
      var files = sample.files
      files["large.bin"] = Sample.bytes(300_000 + extra, seed: 1)
      let server = try LocalServer(files)
      defer { server.stop() }
      #expect(failure { try sample.store.install("sample", baseURL: server.url) }?.code == .mismatch, "\(extra) bytes more")
      #expect(sample.stored == [], "\(extra) bytes more")
    }
  }

  @Test func anInstalledFileStaysIfItsReplacementIsWrong() throws {
    let sample = try Sample()
    let server = try LocalServer(sample.files)
    defer { server.stop() }
    try sample.store.install("sample", baseURL: server.url)
    let place = sample.store.directory.appending(path: "sample/small.bin")
    try Data([1, 2, 3]).write(to: place)
    #expect(sample.store.verify().last?.state == .changed(sha256: Sample.sha256([1, 2, 3])))

    let other = try LocalServer(["small.bin": [4, 5, 6]])
    defer { other.stop() }
    #expect(failure { try sample.store.install("sample", baseURL: other.url) }?.code == .mismatch)
    #expect(try Data(contentsOf: place) == Data([1, 2, 3]))

    try sample.store.install("sample", baseURL: server.url)
    #expect(sample.store.verify().allSatisfy { $0.state == .intact })
  }

  @Test func theServersAnswerIsReported() throws {
    let sample = try Sample()
    let server = try LocalServer([:])
    defer { server.stop() }
    let error = failure { try sample.store.install("sample", baseURL: server.url) }
    #expect(error?.code == .download)
    #expect(error?.message.contains("404") == true)
    #expect(sample.stored == [])
  }

  @Test(arguments: ["http://example.com/x", "ftp://127.0.0.1/x", "file:///etc", "http://127.0.0.1.example.com/x"])
  func onlyTLSIsUsed(address: String) throws {
    let sample = try Sample()
    let url = try #require(URL(string: address))
    let error = failure { try sample.store.install("sample", baseURL: url) }
    #expect(error?.code == .download)
    #expect(error?.message.contains("https") == true)
  }

  @Test func aPackageWithoutAnAddressIsNotOffered() throws {
    let sample = try Sample()
    #expect(!sample.package.isDownloadable)
    let error = failure { try sample.store.install("sample") }
    #expect(error?.code == .notOffered)
    #expect(error?.packages == ["sample"])
  }

  @Test func anUnknownPackageIsReported() throws {
    let error = failure { try Sample().store.install("nothing") }
    #expect(error?.code == .unknownPackage)
    #expect(error?.message == "there is no model package 'nothing'; the packages are: sample")
  }

  @Test func onlyOneProcessInstallsAtATime() throws {
    let sample = try Sample()
    try FileManager.default.createDirectory(at: sample.store.directory, withIntermediateDirectories: true)
    let descriptor = open(sample.store.directory.appending(path: ".lock").path, O_RDWR | O_CREAT, 0o644)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    #expect(failure { try sample.store.install("sample", from: sample.folder.url) }?.code == .busy)
  }

  @Test func theCatalogueNamesTLSAddressesAndEveryNetwork() {
    for package in ModelStore.catalogue where package.isDownloadable {
      for file in package.files { #expect(file.source?.scheme == "https") }
    }
    #expect(Set(ModelStore.catalogue.flatMap { $0.files.flatMap(\.networks) }) == Set(NetworkName.allCases))
  }
}
