public import Foundation
public import Inference

/// The threads, execution providers and libraries that a `FaceSplitter` uses. They affect the speed; `JobSpec` determines the results.
public struct SplitterConfiguration: Sendable {
  /// The number of threads that compute at the same time; nil for the number of the machine's cores.
  public var threads: Int?
  /// Execution providers in order of preference; nil for the platform's usual order.
  public var providers: [ExecutionProvider]?
  /// Options of execution providers, by ONNX Runtime's names, such as `[.openVINO: ["device_type": "GPU"]]`. They take precedence over the
  /// options that SplitFace sets.
  public var providerOptions: [ExecutionProvider: [String: String]] = [:]
  /// The path of ONNX Runtime's library; nil to search for it.
  public var inferenceLibrary: String?
  /// The folder that contains the networks; nil for the usual places.
  public var modelDirectory: URL?

  public init() {}
}
