import Crypto
import Foundation
import ModelStore
import TestSupport

/// A store in an empty folder, with a package of two files that nobody publishes.
struct Sample {
  let folder: TemporaryDirectory
  let files: [String: [UInt8]]
  let package: ModelPackage
  let store: ModelStore

  /// - Parameter sizeIsKnown: whether the catalogue states the files' sizes.
  init(sizeIsKnown: Bool = true) throws {
    folder = try TemporaryDirectory()
    files = ["large.bin": Self.bytes(300_000, seed: 1), "small.bin": Self.bytes(1_000, seed: 2)]
    package = ModelPackage(
      name: "sample", title: "bytes", publisher: "nobody", licence: ModelLicence(name: "none", note: "Made up."),
      files: files.sorted { $0.key < $1.key }.map { name, bytes in
        ModelFile(
          name: name, source: nil, sha256: Self.sha256(bytes), byteCount: sizeIsKnown ? bytes.count : nil, networks: [])
      })
    store = ModelStore(onlyIn: folder.file("store"), cache: folder.file("cache"), packages: [package])
  }

  /// The relative paths of all files in the store, except its lock.
  var stored: [String] {
    (FileManager.default.subpaths(atPath: store.directory.path) ?? []).filter { name in
      var isFolder: ObjCBool = false
      return name != ".lock" && FileManager.default.fileExists(atPath: store.directory.appending(path: name).path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }

  func installed(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: store.directory.appending(path: "sample/\(name)")))
  }

  /// The place of an unfinished download of this file.
  func partial(_ name: String) throws -> URL {
    let bytes = files[name] ?? []
    let folder = store.directory.appending(path: ".partial")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.appending(path: "\(Self.sha256(bytes).prefix(16))-\(name)")
  }

  static func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
    // Knuth's MMIX linear congruential generator.
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
  }

  static func sha256(_ bytes: [UInt8]) -> String { SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined() }
}
