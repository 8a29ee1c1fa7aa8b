/// Where a network is computed: one of ONNX Runtime's execution providers.
public enum ExecutionProvider: String, CaseIterable, Sendable, Codable {
  case coreML, cuda, openVINO, cpu

  /// The name to show to people.
  public var displayName: String {
    switch self {
    case .coreML: "Core ML"
    case .cuda: "CUDA"
    case .openVINO: "OpenVINO"
    case .cpu: "CPU"
    }
  }

  /// The long name that `GetAvailableProviders` lists.
  public var runtimeName: String {
    switch self {
    case .coreML: "CoreMLExecutionProvider"
    case .cuda: "CUDAExecutionProvider"
    case .openVINO: "OpenVINOExecutionProvider"
    case .cpu: "CPUExecutionProvider"
    }
  }

  /// The provider of this name, whatever its case ("openvino", "CoreML"), or nil.
  public init?(named name: String) {
    guard let provider = Self.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) else { return nil }
    self = provider
  }
}
