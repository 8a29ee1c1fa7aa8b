public import Foundation
import ModelConversion
import OutputFiles

/// A PyTorch checkpoint of the user's own, converted to an ONNX file that `--model` takes.
public enum CheckpointFile {
  /// The networks that a checkpoint can hold.
  public static let networks: [NetworkName] = [.retinaface, .multitask, .star]

  /// Converts a checkpoint. The ONNX file appears under its name whole or not at all, and says in its metadata which file it was made of.
  ///
  /// - Parameters:
  ///   - checkpoint: a `.pth`, `.pt` or `.pkl` file with a state dictionary.
  ///   - network: which network's architecture it has; one of ``networks``.
  ///   - target: the ONNX file to write.
  ///   - actionUnitsOnly: of the multitask network, only the branch for Action Units.
  ///   - overwrite: whether a file that is there may be replaced.
  /// - Returns: the checkpoint's SHA-256.
  /// - Throws: `conversion`, `unreadable`, `unwritable`.
  @discardableResult
  public static func convert(
    _ checkpoint: URL, as network: NetworkName, to target: URL, actionUnitsOnly: Bool = false, overwrite: Bool = false
  ) throws(ModelStoreError) -> String {
    guard let architecture = CheckpointConverter.Architecture(rawValue: network.rawValue) else {
      let names = networks.map(\.rawValue).joined(separator: ", ")
      throw ModelStoreError(.conversion, "checkpoints are converted as one of \(names), not as \(network.rawValue)")
    }
    if ["task", "tflite"].contains(checkpoint.pathExtension.lowercased()) {
      throw ModelStoreError(
        .conversion,
        "\(checkpoint.path) is MediaPipe's, whose networks are converted by themselves; `splitface models path faceMesh` prints where",
        path: checkpoint.path)
    }
    if !overwrite, FileManager.default.fileExists(atPath: target.path) {
      throw ModelStoreError(.unwritable, "\(target.path) exists; use --force to replace it or -o to write elsewhere", path: target.path)
    }
    let bytes = try FileBytes.read(checkpoint)
    let sha256 = digest(bytes)
    let model: [UInt8]
    do {
      model = try CheckpointConverter.convert(
        bytes, as: architecture, metadata: ["source": checkpoint.lastPathComponent, "source.sha256": sha256],
        actionUnitsOnly: actionUnitsOnly)
    } catch {
      throw ModelStoreError(.conversion, "cannot convert \(checkpoint.path): \(error)", path: checkpoint.path)
    }
    do { try PartialFile.write(model, to: target.path, creatingDirectories: true) } catch { throw ModelStoreError(error) }
    return sha256
  }

  /// Of the very bytes that are converted: the file may change meanwhile.
  private static func digest(_ bytes: [UInt8]) -> String {
    var digest = FileDigest()
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.finalize()
  }
}
