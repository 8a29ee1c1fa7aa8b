import Inference
import Testing

/// The machine's ONNX Runtime, or why there is none.
enum InstalledRuntime {
  static let result: Result<InferenceRuntime, InferenceError> = {
    do throws(InferenceError) { return .success(try InferenceRuntime.load()) } catch { return .failure(error) }
  }()

  static var runtime: InferenceRuntime? { try? result.get() }

  static var enabled: ConditionTrait {
    let reason: Comment =
      switch result {
      case .success: ""
      case .failure(let error): "\(error)"
      }
    return .enabled(if: runtime != nil, reason)
  }

  /// The providers that this machine's library can be asked for; each must give the same values.
  static var providers: [ExecutionProvider] {
    guard let runtime else { return [.cpu] }
    return ExecutionProvider.allCases.filter { provider in
      // Listed does not mean usable: CUDA builds run on machines without a graphics card.
      runtime.availableProviders.contains(provider.runtimeName)
        && (try? InferenceSession(model: TinyModel.sum, name: "sum", runtime: runtime, configuration: .init(providers: [provider])))
          != nil
    }
  }
}
