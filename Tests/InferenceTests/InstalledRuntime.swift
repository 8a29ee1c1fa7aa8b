import Inference
import Testing

/// The machine's ONNX Runtime.
enum InstalledRuntime {
  /// The loaded library, or the reason why there is none.
  static let result: Result<InferenceRuntime, InferenceError> = {
    do throws(InferenceError) { return .success(try InferenceRuntime.load()) } catch { return .failure(error) }
  }()

  static var runtime: InferenceRuntime? { try? result.get() }

  /// Skips a test on machines without ONNX Runtime.
  static var enabled: ConditionTrait {
    let reason: Comment =
      switch result {
      case .success: ""
      case .failure(let error): "\(error)"
      }
    return .enabled(if: runtime != nil, reason)
  }

  /// The providers that work on this machine, all of which must compute the same values.
  static var providers: [ExecutionProvider] {
    guard let runtime else { return [.cpu] }
    return ExecutionProvider.allCases.filter { provider in
      // A listed provider may not work: CUDA builds run on machines without a graphics card.
      runtime.availableProviders.contains(provider.runtimeName)
        && (try? InferenceSession(model: TinyModel.sum, name: "sum", runtime: runtime, configuration: .init(providers: [provider])))
          != nil
    }
  }
}
