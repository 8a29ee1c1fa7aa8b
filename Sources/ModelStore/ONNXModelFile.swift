public import Foundation
import ModelConversion

/// An ONNX file that is ready to be loaded, with its origin.
public struct ONNXModelFile: Hashable, Sendable {
  public enum Origin: Hashable, Sendable {
    /// A published file of the named package in the catalogue.
    case package(String)
    /// A file that the user named for this network, used without conversion.
    case user
  }

  public let network: NetworkName
  /// The ONNX file's path.
  public let path: String
  public let origin: Origin
  /// The file that the ONNX file was made from; the ONNX file itself if nothing was converted.
  public let source: URL
  /// The SHA-256 of ``source``, in lower-case hexadecimal.
  public let sourceSHA256: String
  /// The licence of the published file; nil for a user's file.
  public let licence: ModelLicence?
  /// The conversion of ``source``, e.g. `checkpoint-1`; nil if nothing was converted.
  public let converter: String?

  /// The name of the network's batch dimension; nil if the dimension is fixed or has no name.
  ///
  /// The property reads the file. It is also nil if the file cannot be read; ONNX Runtime reports the reason better when it loads the file.
  public var batchDimension: String? {
    guard let bytes = try? FileBytes.read(URL(filePath: path)) else { return nil }
    return (try? ONNXInputDimensions.batchName(of: bytes)) ?? nil
  }

  /// The bytes of a RetinaFace model without the outputs of its finest grid, which finds small faces; nil if the model has no such separate
  /// grid.
  package var withoutFinestGrid: [UInt8]? {
    guard let bytes = try? FileBytes.read(URL(filePath: path)) else { return nil }
    return (try? PrunedModel.withoutFinestGrid(of: bytes, outputs: ["loc", "conf"], grids: 3)) ?? nil
  }

  /// The origin in a few words: `openface3 (MTL_backbone.pth)`.
  public var provenance: String {
    switch origin {
    case .package(let name): "\(name) (\(source.lastPathComponent))"
    case .user: "user's own file (\(source.lastPathComponent))"
    }
  }
}
