import Foundation
import ModelConversion

/// A network in the cache: a folder with the ONNX model and the file of its large constants, which is empty if they are in the model.
///
/// The folder gets its name when both files are complete, so that no program ever sees one without the other.
struct CachedNetwork {
  let folder: URL
  let model: URL
  let data: URL

  /// - Parameters:
  ///   - sha256: of the file that it is made of.
  ///   - identifier: names the way in which it is made, with its version.
  init(_ network: NetworkName, madeOf sha256: String, by identifier: String, in cache: URL) {
    let name = "\(network.rawValue)-\(sha256.prefix(16))-\(identifier)-w\(SeparatedWeights.version)"
    folder = cache.appending(path: "onnx/\(name)", directoryHint: .isDirectory)
    model = folder.appending(path: "\(network.rawValue).onnx")
    data = folder.appending(path: "\(network.rawValue).data")
  }

  /// The network whose model this is; nil where the file is not in the cache, or its weights are not apart from it.
  init?(model: URL, in cache: URL) {
    folder = model.deletingLastPathComponent()
    guard folder.deletingLastPathComponent().path == cache.appending(path: "onnx").path else { return nil }
    self.model = model
    data = model.deletingPathExtension().appendingPathExtension("data")
    guard FileBytes.size(data) ?? 0 > 0 else { return nil }
  }

  var exists: Bool { FileBytes.size(model) ?? 0 > 0 && FileBytes.size(data) != nil }

  /// Writes a network that is in one piece.
  func write(_ bytes: [UInt8]) throws(ModelStoreError) {
    try write(model: bytes) { _ throws(ModelStoreError) in }
  }

  /// Writes a network and its weights, which are taken from the original model's bytes.
  func write(_ weights: SeparatedWeights, of original: [UInt8]) throws(ModelStoreError) {
    try write(model: weights.model) { descriptor throws(ModelStoreError) in
      var position = 0
      for piece in weights.pieces {
        let gap = [UInt8](repeating: 0, count: piece.offset - position)
        try Self.append(gap[...], to: descriptor, of: data)
        try Self.append(original[piece.source], to: descriptor, of: data)
        position = piece.offset + piece.source.count
      }
    }
  }

  private func write(model bytes: [UInt8], data body: (CInt) throws(ModelStoreError) -> Void) throws(ModelStoreError) {
    let parent = folder.deletingLastPathComponent()
    let partial = parent.appending(path: ".\(folder.lastPathComponent).\(UUID().uuidString).partial", directoryHint: .isDirectory)
    try FileBytes.createFolder(partial)
    defer { try? FileManager.default.removeItem(at: partial) }
    try Self.write(to: partial.appending(path: data.lastPathComponent), body)
    try Self.write(to: partial.appending(path: model.lastPathComponent)) { descriptor throws(ModelStoreError) in
      try Self.append(bytes[...], to: descriptor, of: model)
    }
    if rename(partial.path, folder.path) == 0 { return }
    // Another program was first, and its files are the same; or something is there that is not whole, and must go.
    if exists { return }
    try? FileManager.default.removeItem(at: folder)
    guard rename(partial.path, folder.path) == 0 || exists else { throw FileBytes.failure(.unwritable, "cannot write", folder) }
  }

  /// Makes a file that is on the disk when this returns.
  private static func write(to url: URL, _ body: (CInt) throws(ModelStoreError) -> Void) throws(ModelStoreError) {
    let descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileBytes.failure(.unwritable, "cannot write", url) }
    defer { close(descriptor) }
    try body(descriptor)
    guard fsync(descriptor) == 0 else { throw FileBytes.failure(.unwritable, "cannot write", url) }
  }

  private static func append(_ bytes: ArraySlice<UInt8>, to descriptor: CInt, of url: URL) throws(ModelStoreError) {
    // Carried out of the closure, whose rethrowing form forgets the error's type.
    let failure = bytes.withUnsafeBytes { buffer -> ModelStoreError? in
      do throws(ModelStoreError) { try FileBytes.writeAll(buffer, to: descriptor, of: url) } catch { return error }
      return nil
    }
    if let failure { throw failure }
  }
}
