public import Foundation
public import Inference

/// What a `FaceSplitter` runs on. It decides how fast work is done, and where; what comes out is decided by `JobSpec`.
public struct SplitterConfiguration: Sendable {
  /// Threads that compute at once; nil for the number of the machine's cores.
  public var threads: Int?
  /// Execution providers in order of preference; nil for the platform's usual order.
  public var providers: [ExecutionProvider]?
  /// Options of execution providers under the names that ONNX Runtime gives them, in place of those that SplitFace sets:
  /// `[.openVINO: ["device_type": "GPU"]]`.
  public var providerOptions: [ExecutionProvider: [String: String]] = [:]
  /// The path of ONNX Runtime's library; nil to search for it.
  public var inferenceLibrary: String?
  /// The folder that contains the networks; nil for the usual places.
  public var modelDirectory: URL?

  public init() {}
}
