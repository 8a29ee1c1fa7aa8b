import Foundation
import ModelConversion
import OutputFiles

/// A network in the cache: a folder with the ONNX model and a file for its large constants. The second file is empty if the model itself
/// contains them.
///
/// The folder appears when both files are complete, so that no process ever sees one without the other.
struct CachedNetwork {
  let folder: URL
  let model: URL
  let data: URL

  /// Determines the place of a network in a cache. Nothing is created.
  /// - Parameters:
  ///   - sha256: the checksum of the file that the network is made from.
  ///   - identifier: the name of the conversion, with its version.
  init(_ network: NetworkName, madeFrom sha256: String, by identifier: String, in cache: URL) {
    let name = "\(network.rawValue)-\(sha256.prefix(16))-\(identifier)-w\(SeparatedWeights.version)"
    folder = cache.appending(path: "onnx/\(name)", directoryHint: .isDirectory)
    model = folder.appending(path: "\(network.rawValue).onnx")
    data = folder.appending(path: "\(network.rawValue).data")
  }

  /// Finds the cached network that a model file belongs to. Nil if the file is not in the cache, or contains its weights itself.
  init?(model: URL, in cache: URL) {
    folder = model.deletingLastPathComponent()
    guard folder.deletingLastPathComponent().path == cache.appending(path: "onnx").path else { return nil }
    self.model = model
    data = model.deletingPathExtension().appendingPathExtension("data")
    guard FileBytes.size(data) ?? 0 > 0 else { return nil }
  }

  var exists: Bool { FileBytes.size(model) ?? 0 > 0 && FileBytes.size(data) != nil }

  /// Writes a network whose model contains all constants.
  /// - Throws: `unwritable`.
  func write(_ bytes: [UInt8]) throws(ModelStoreError) { try write(model: bytes, weights: [], of: []) }

  /// Writes a network with its weights in a separate file. The weights are copied from the bytes of the original model.
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
