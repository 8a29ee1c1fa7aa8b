/// The Python functions and classes that the pickle of a state dictionary names.
///
/// None of them is ever called: for each, `PickleMachine` itself builds the result that the call would return. Every other name is refused.
package enum PickleGlobal: Hashable, Sendable, CustomStringConvertible {
  case orderedDictionary
  /// Python's `Counter`. PyTorch's learning-rate schedulers keep their milestones in a `Counter`, and STAR's training script saves its
  /// scheduler with the network.
  case counter
  case rebuildTensor
  case rebuildParameter
  case storage(ScalarType)

  init(module: String, name: String) throws(ConversionError) {
    switch (module, name) {
    case ("collections", "OrderedDict"): self = .orderedDictionary
    case ("collections", "Counter"): self = .counter
    case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensor
    case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
    case ("torch", let storage), ("torch.cuda", let storage):
      guard let type = ScalarType(storageName: storage) else { throw Self.refusal(module, name) }
      self = .storage(type)
    default: throw Self.refusal(module, name)
    }
  }

  private static func refusal(_ module: String, _ name: String) -> ConversionError {
    ConversionError(
      .refused, PickleMachine.context,
      "it asks for \(module.prefix(100)).\(name.prefix(100)), which no network needs; nothing was executed. Do not trust this file")
  }

  package var description: String {
    switch self {
    case .orderedDictionary: "collections.OrderedDict"
    case .counter: "collections.Counter"
    case .rebuildTensor: "torch._utils._rebuild_tensor_v2"
    case .rebuildParameter: "torch._utils._rebuild_parameter"
    case .storage(let type): "torch storage of \(type)"
    }
  }
}
