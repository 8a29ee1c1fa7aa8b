import ModelConversion
import Testing

struct ZipArchiveTests {
  @Test(arguments: ["plain.zip", "zip64end.zip"])
  func storedEntriesAreRead(file: String) throws {
    let archive = try ZipArchive(try Fixture.bytes("Zip/\(file)"))
    #expect(archive.names == ["a.txt", "dir/b.bin"])
    #expect(try archive.contents(of: "a.txt") == Array("hello".utf8))
    #expect(try archive.contents(of: "dir/b.bin") == Array(0..<64))
  }

  @Test func sixtyFourBitSizesAreRead() throws {
    let archive = try ZipArchive(try Fixture.bytes("Zip/zip64.zip"))
    #expect(try archive.contents(of: "big.bin") == Array("12345678".utf8))
  }

  @Test func aCompressedEntryIsRefusedByName() throws {
    let archive = try ZipArchive(try Fixture.bytes("Zip/deflated.zip"))
    let error = #expect(throws: ConversionError.self) { try archive.contents(of: "a.txt") }
    #expect(error?.code == .unsupported)
    #expect(error?.description.contains("'a.txt' is compressed") == true)
  }

  @Test func aMissingEntryIsReported() throws {
    let archive = try ZipArchive(try Fixture.bytes("Zip/plain.zip"))
    let error = #expect(throws: ConversionError.self) { try archive.contents(of: "c") }
    #expect(error?.code == .missing)
  }

  @Test func aWrongChecksumIsReported() throws {
    var bytes = try Fixture.bytes("Zip/plain.zip")
    let hello = try #require(bytes.firstIndex(of: UInt8(ascii: "h")))
    bytes[hello] ^= 1
    let archive = try ZipArchive(bytes)
    let error = #expect(throws: ConversionError.self) { try archive.contents(of: "a.txt") }
    #expect(error?.code == .malformed)
  }

  /// Every truncation and every change of a single bit gives a result or an error.
  @Test func aDamagedArchiveNeverTraps() throws {
    for archive in try Fixture.files(in: "Zip") {
      for length in 0..<archive.count { readAll(Array(archive.prefix(length))) }
      for bit in 0..<8 * archive.count {
        var damaged = archive
        damaged[bit / 8] ^= 1 << UInt8(bit % 8)
        readAll(damaged)
      }
      #expect(throws: ConversionError.self) { try ZipArchive(Array(archive.dropLast())) }
    }
  }

  /// A sample of the inputs that libFuzzer kept (Fuzz/run.sh).
  @Test func theFuzzersCorpusNeverTraps() throws {
    let corpus = try Fixture.files(in: "FuzzZip")
    #expect(!corpus.isEmpty)
    for file in corpus { readAll(file) }
  }

  private func readAll(_ bytes: [UInt8]) {
    guard let archive = try? ZipArchive(bytes) else { return }
    for name in archive.names { _ = try? archive.contents(of: name) }
  }
}
