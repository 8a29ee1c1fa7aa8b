import Foundation
import ModelStore
import Synchronization
import TestSupport
import Testing

/// The conversion of real files: those that set-up has installed, and the published checkpoint in the shared data.
@Suite struct ConvertedNetworkTests {
  static let models = PackageLocation.installed?.appending(path: "models")
  static let bundle = models.flatMap { models -> URL? in
    let file = models.appending(path: "face-landmarker/face_landmarker.task")
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }

  private func store(_ folder: TemporaryDirectory, overrides: [NetworkName: URL] = [:]) -> ModelStore {
    ModelStore(onlyIn: folder.file("store"), cache: folder.file("cache"), packages: ModelStore.catalogue, overrides: overrides)
  }

  @Test(.enabled(if: bundle != nil)) func theFaceLandmarkerBundleBecomesThreeNetworks() throws {
    let folder = try TemporaryDirectory()
    let store = store(folder)
    var converted: [NetworkName] = []
    try store.install("face-landmarker", from: #require(Self.bundle).deletingLastPathComponent()) {
      if case .converting(let network) = $0 { converted.append(network) }
    }
    #expect(converted == [.faceDetector, .faceMesh, .blendshapes])
    #expect(store.has(.faceDetector, .faceMesh, .blendshapes))
    var paths: Set<String> = []
    for network in converted {
      let file = try store.onnx(for: network)
      #expect(file.origin == .package("face-landmarker"))
      #expect(file.sourceSHA256 == ModelPackage.faceLandmarker.files[0].sha256)
      #expect(file.path.hasPrefix(folder.file("cache").path))
      #expect(try Data(contentsOf: URL(filePath: file.path)).count > 100_000)
      paths.insert(file.path)
    }
    #expect(paths.count == 3)
  }

  @Test(.enabled(if: bundle != nil)) func aNetworkIsConvertedOnce() throws {
    let folder = try TemporaryDirectory()
    let store = store(folder)
    try store.install("face-landmarker", from: #require(Self.bundle).deletingLastPathComponent())
    let file = try store.onnx(for: .faceDetector)
    // The cached file is used: a mark written to it stays.
    try Data("mark".utf8).write(to: URL(filePath: file.path))
    let again = try store.onnx(for: .faceDetector)
    #expect(again == file)
    #expect(try Data(contentsOf: URL(filePath: again.path)) == Data("mark".utf8))
    try FileManager.default.removeItem(at: folder.file("cache"))
    let anew = try store.onnx(for: .faceDetector)
    #expect(try Data(contentsOf: URL(filePath: anew.path)).count > 100_000)
  }

  @Test(.enabled(if: bundle != nil)) func severalThreadsCanConvertAtTheSameTime() throws {
    let folder = try TemporaryDirectory()
    let store = store(folder)
    let place = folder.file("store/face-landmarker")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: #require(Self.bundle), to: place.appending(path: "face_landmarker.task"))
    let files = Mutex<[ONNXModelFile?]>([])
    DispatchQueue.concurrentPerform(iterations: 6) { _ in
      let file = try? store.onnx(for: .faceDetector)
      files.withLock { $0.append(file) }
    }
    let made = files.withLock { $0 }
    #expect(made.count == 6)
    #expect(Set(made).count == 1)
    #expect(made[0] != nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("cache/onnx").path).count == 1, "no partial file is left")
  }

  @Test(.enabled(if: bundle != nil)) func aChangedFileIsNotUsed() throws {
    let folder = try TemporaryDirectory()
    let store = store(folder)
    try store.install("face-landmarker", from: #require(Self.bundle).deletingLastPathComponent())
    _ = try store.onnx(for: .faceMesh)
    let file = folder.file("store/face-landmarker/face_landmarker.task")
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: file)
    let error = #expect(throws: ModelStoreError.self) { _ = try store.onnx(for: .faceMesh) }
    #expect(error?.code == .changed)
    #expect(error?.packages == ["face-landmarker"])
  }

  @Test(.enabled(if: SharedData.file("Alignment_RetinaFace.pth") != nil)) func thePublishedRetinaFaceIsPreferred() throws {
    let folder = try TemporaryDirectory()
    let store = store(folder)
    let testdata = try #require(SharedData.testdata)
    let state = try store.install("openface3", from: testdata)
    #expect(state.isPartlyInstalled)
    let file = try store.onnx(for: .retinaface)
    #expect(file.origin == .package("openface3"))
    #expect(file.licence?.name.contains("research") == true)
    #expect(file.converter != nil)
    #expect(!store.has(.retinaface, .multitask))
  }

  @Test func aMissingNetworkNamesItsPackages() throws {
    let folder = try TemporaryDirectory()
    let error = #expect(throws: ModelStoreError.self) { _ = try store(folder).onnx(for: .multitask) }
    #expect(error?.code == .notInstalled)
    #expect(error?.network == .multitask)
    #expect(error?.packages == ["openface3"])
    #expect(error?.message == "the multitask network is not installed; it is in the package openface3")
  }

  @Test func theUsersFileIsUsedUnchanged() throws {
    let folder = try TemporaryDirectory()
    let own = folder.file("fine-tuned.onnx")
    try Data([1, 2, 3]).write(to: own)
    let file = try store(folder, overrides: [.multitask: own]).onnx(for: .multitask)
    #expect(file.path == own.path)
    #expect(file.origin == .user)
    #expect(file.sourceSHA256 == Sample.sha256([1, 2, 3]))
    #expect(file.converter == nil)
    #expect(file.licence == nil)

    // The remembered checksum is not used for other content.
    try Data([1, 2, 4]).write(to: own)
    #expect(try store(folder, overrides: [.multitask: own]).onnx(for: .multitask).sourceSHA256 == Sample.sha256([1, 2, 4]))
  }

  /// A large file of the user's own: an ONNX model (`ModelProto`) with one constant of 5 MB, encoded by hand.
  private func largeModel() -> [UInt8] {
    func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
      var (length, rest) = ([UInt8](), bytes.count)
      while rest >= 0x80 {
        length.append(UInt8(rest & 0x7F) | 0x80)
        rest >>= 7
      }
      return [number << 3 | 2] + length + [UInt8(rest)] + bytes
    }
    let raw = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    return [0x08, 8] + field(7, field(2, Array("graph".utf8)) + field(5, field(8, Array("w".utf8)) + field(9, raw)))
  }

  @Test func theWeightsOfALargeFileOfTheUsersAreStoredSeparately() throws {
    let folder = try TemporaryDirectory()
    let own = folder.file("fine-tuned.onnx")
    let model = largeModel()
    try Data(model).write(to: own)
    let store = store(folder, overrides: [.multitask: own])
    let files = Mutex<[ONNXModelFile?]>([])
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      let file = try? store.onnx(for: .multitask)
      files.withLock { $0.append(file) }
    }
    let made = files.withLock { $0 }
    let file = try #require(made[0])
    #expect(made.count == 4)
    #expect(Set(made).count == 1)
    #expect(file.origin == .user)
    #expect(file.source == own)
    #expect(file.sourceSHA256 == Sample.sha256(model))
    let cached = URL(filePath: file.path)
    let data = cached.deletingPathExtension().appendingPathExtension("data")
    #expect(try Data(contentsOf: cached).count < 300)
    #expect([UInt8](try Data(contentsOf: data)) == Array(model.suffix(5_000_000)))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("cache/onnx").path).count == 1, "no partial folder is left")
    #expect(try [UInt8](Data(contentsOf: own)) == model)

    // An incomplete network in the cache is replaced.
    try FileManager.default.removeItem(at: data)
    #expect(try store.onnx(for: .multitask) == file)
    #expect(try Data(contentsOf: data).count == 5_000_000)
  }

  @Test func aLargeFileThatIsNoModelIsUsedUnchanged() throws {
    let folder = try TemporaryDirectory()
    let own = folder.file("noise.onnx")
    try Data(Sample.bytes(5_000_000, seed: 3)).write(to: own)
    #expect(try store(folder, overrides: [.star: own]).onnx(for: .star).path == own.path)
    #expect(!FileManager.default.fileExists(atPath: folder.file("cache/onnx").path))
  }

  @Test func aCheckpointIsNotLoadedAsONNX() throws {
    let folder = try TemporaryDirectory()
    let error = #expect(throws: ModelStoreError.self) {
      _ = try store(folder, overrides: [.star: folder.file("net.pkl")]).onnx(for: .star)
    }
    #expect(error?.code == .notONNX)
    #expect(error?.network == .star)
    #expect(throws: ModelStoreError.self) { _ = try store(folder, overrides: [.star: folder.file("none.onnx")]).onnx(for: .star) }
  }
}
