import Foundation
import ModelConversion
import OutputFiles

/// A network in the cache: a folder with the ONNX model and a file of its large constants, which is empty if they are in the model.
///
/// The folder appears when both files are complete, so that no process ever sees one without the other.
struct CachedNetwork {
  let folder: URL
  let model: URL
  let data: URL

  /// The network's place in a cache; nothing is created.
  /// - Parameters:
  ///   - sha256: the checksum of the file that the network is made from.
  ///   - identifier: names the conversion and its version.
  init(_ network: NetworkName, madeFrom sha256: String, by identifier: String, in cache: URL) {
    let name = "\(network.rawValue)-\(sha256.prefix(16))-\(identifier)-w\(SeparatedWeights.version)"
    folder = cache.appending(path: "onnx/\(name)", directoryHint: .isDirectory)
    model = folder.appending(path: "\(network.rawValue).onnx")
    data = folder.appending(path: "\(network.rawValue).data")
  }

  /// The network that has this model; nil if the file is not in the cache, or contains its weights.
  init?(model: URL, in cache: URL) {
    folder = model.deletingLastPathComponent()
    guard folder.deletingLastPathComponent().path == cache.appending(path: "onnx").path else { return nil }
    self.model = model
    data = model.deletingPathExtension().appendingPathExtension("data")
    guard FileBytes.size(data) ?? 0 > 0 else { return nil }
  }

  var exists: Bool { FileBytes.size(model) ?? 0 > 0 && FileBytes.size(data) != nil }

  /// Writes a network in one file.
  /// - Throws: `unwritable`.
  func write(_ bytes: [UInt8]) throws(ModelStoreError) { try write(model: bytes, weights: [], of: []) }

  /// Writes a network and, in a file of their own, its weights, which are copied from the original model's bytes.
  /// - Throws: `unwritable`.
  func write(_ weights: SeparatedWeights, of original: [UInt8]) throws(ModelStoreError) {
    try write(model: weights.model, weights: weights.pieces, of: original)
  }

  private func write(
    model bytes: [UInt8], weights: [(offset: Int, source: Range<Int>)], of original: [UInt8]
  ) throws(ModelStoreError) {
    do {
      let directory = try PartialDirectory(folder)
      var dataFile = try directory.file(data.lastPathComponent)
      var position = 0
      for piece in weights {
        try dataFile.append([UInt8](repeating: 0, count: piece.offset - position))
        try dataFile.append(original[piece.source])
        position = piece.offset + piece.source.count
      }
      try dataFile.commit()
      var modelFile = try directory.file(model.lastPathComponent)
      try modelFile.append(bytes)
      try modelFile.commit()
      try directory.commit { exists }
    } catch { throw ModelStoreError(error) }
  }
}
