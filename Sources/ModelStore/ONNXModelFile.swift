public import Foundation
import ModelConversion

/// An ONNX file that is ready to be loaded, and where it comes from.
public struct ONNXModelFile: Hashable, Sendable {
  public enum Origin: Hashable, Sendable {
    /// A published file of this package in the catalogue.
    case package(String)
    /// A file that the user named for this network; it was taken as it is.
    case user
  }

  public let network: NetworkName
  /// The ONNX file.
  public let path: String
  public let origin: Origin
  /// The file that the ONNX file was made of, or the ONNX file itself if nothing was converted.
  public let source: URL
  /// Of ``source``; lower-case hexadecimal.
  public let sourceSHA256: String
  /// Nil for a user's file.
  public let licence: ModelLicence?
  /// The rewriting that made ``path`` of ``source``, e.g. `checkpoint-1`; nil if nothing was converted.
  public let converter: String?

  /// What the network calls its batch dimension; nil where that is fixed or has no name.
  ///
  /// Reads the file. Whatever is wrong with it, ONNX Runtime has better words for it.
  public var batchDimension: String? {
    guard let bytes = try? FileBytes.read(URL(filePath: path)) else { return nil }
    return (try? ONNXInputDimensions.batchName(of: bytes)) ?? nil
  }

  /// RetinaFace without the answers on its finest grid, for faces that are not small; nil where the file cannot be read so.
  package var withoutFinestGrid: [UInt8]? {
    guard let bytes = try? FileBytes.read(URL(filePath: path)) else { return nil }
    return (try? PrunedModel.withoutFinestGrid(of: bytes, outputs: ["loc", "conf"], grids: 3)) ?? nil
  }

  /// Where it comes from, in a few words: `openface3 (MTL_backbone.pth)`.
  public var provenance: String {
    switch origin {
    case .package(let name): "\(name) (\(source.lastPathComponent))"
    case .user: "user's own file (\(source.lastPathComponent))"
    }
  }
}
