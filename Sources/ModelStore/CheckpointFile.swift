public import Foundation
import ModelConversion
import OutputFiles

/// Converts the user's own PyTorch checkpoints to ONNX files, which can replace published networks (``ModelStore/overrides``).
public enum CheckpointFile {
  /// The networks that a checkpoint can contain.
  public static let networks: [NetworkName] = [.retinaface, .multitask, .star]

  /// Converts a checkpoint. The ONNX file appears only when it is complete, and its metadata name the checkpoint.
  ///
  /// - Parameters:
  ///   - checkpoint: a `.pth`, `.pt` or `.pkl` file with a state dictionary.
  ///   - network: the network whose architecture the checkpoint has; one of ``networks``.
  ///   - target: the ONNX file to write.
  ///   - actionUnitsOnly: whether to keep only the Action Unit branch of the multitask network.
  ///   - overwrite: whether an existing file may be replaced.
  /// - Returns: the checkpoint's SHA-256.
  /// - Throws: `notACheckpoint`, `exists`, `unreadable`, `conversion`, `unwritable`.
  @discardableResult
  public static func convert(
    _ checkpoint: URL, as network: NetworkName, to target: URL, actionUnitsOnly: Bool = false, overwrite: Bool = false
  ) throws(ModelStoreError) -> String {
    guard let architecture = CheckpointConverter.Architecture(rawValue: network.rawValue) else {
      let names = networks.map(\.rawValue).joined(separator: ", ")
      throw ModelStoreError(
        .conversion, "the network \(network.rawValue) cannot be converted from a checkpoint; the networks that can are: \(names)",
        path: checkpoint.path, network: network)
    }
    if ["task", "tflite"].contains(checkpoint.pathExtension.lowercased()) {
      throw ModelStoreError(
        .notACheckpoint, "\(checkpoint.path) is a MediaPipe file; its networks are converted automatically", path: checkpoint.path)
    }
    if !overwrite, FileManager.default.fileExists(atPath: target.path) {
      throw ModelStoreError(.exists, "\(target.path) exists", path: target.path)
    }
    let bytes = try FileBytes.read(checkpoint)
    // The digest is that of the bytes in memory, because the file may change in the meantime.
    let sha256 = FileDigest.sha256(of: bytes)
    let model: [UInt8]
    do {
      model = try CheckpointConverter.convert(
        bytes, as: architecture, metadata: ["source": checkpoint.lastPathComponent, "source.sha256": sha256],
        actionUnitsOnly: actionUnitsOnly)
    } catch {
      throw ModelStoreError(.conversion, "cannot convert \(checkpoint.path): \(error)", path: checkpoint.path, network: network)
    }
    do { try PartialFile.write(model, to: target.path, creatingDirectories: true) } catch { throw ModelStoreError(error) }
    return sha256
  }
}
