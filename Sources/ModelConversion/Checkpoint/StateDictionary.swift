/// The tensors of a network by name. An architecture takes out the tensors that it needs; none may be missing, misshapen or left over.
package struct StateDictionary: Sendable {
  private var tensors: [String: CheckpointTensor] = [:]

  /// Reads a checkpoint in either of PyTorch's containers.
  ///
  /// The dictionary may be the saved object itself, or the value of its key `net` (as STAR's training script saves it) or `state_dict`. The
  /// prefix `module.`, which data-parallel training adds to the names, is removed.
  package init(checkpoint file: [UInt8]) throws(ConversionError) {
    try self.init(CheckpointContents(file), file: file)
  }

  init(_ contents: CheckpointContents, file: [UInt8]) throws(ConversionError) {
    for (name, reference) in try contents.tensors() {
      let name = name.hasPrefix("module.") ? String(name.dropFirst("module.".count)) : name
      guard let storage = contents.storages[reference.storage.key] else {
        throw ConversionError(
          .malformed, "tensor \(name.prefix(200))", "its storage \(reference.storage.key.prefix(100)) is not in the file")
      }
      tensors[name] = try CheckpointTensor(name: name, reference, storage: storage, file: file)
    }
  }

  /// The tensors' names, in alphabetical order.
  package var names: [String] { tensors.keys.sorted() }

  package func contains(_ name: String) -> Bool { tensors[name] != nil }

  func hasTensors(under prefix: String) -> Bool { tensors.keys.contains { $0.hasPrefix(prefix) } }

  /// Returns the shape of a tensor without taking the tensor out; nil if there is no tensor of this name.
  package func shape(of name: String) -> [Int]? { tensors[name]?.shape }

  /// Removes a tensor from the dictionary and returns it.
  ///
  /// - Parameter shape: the shape that the tensor must have. A nil element accepts any length of at least 1.
  /// - Throws: `missing` or `misshapen`, naming the tensor.
  package mutating func take(_ name: String, shape: [Int?]) throws(ConversionError) -> CheckpointTensor {
    guard let tensor = tensors.removeValue(forKey: name) else {
      throw ConversionError(.missing, "tensor \(name)", "it is not in the checkpoint; is this the right network?")
    }
    let fits = tensor.shape.count == shape.count && zip(tensor.shape, shape).allSatisfy { $0 > 0 && $0 == $1 ?? $0 }
    guard fits else {
      let wanted = shape.map { $0.map(String.init) ?? "any" }.joined(separator: "×")
      let found = tensor.shape.map(String.init).joined(separator: "×")
      throw ConversionError(.misshapen, "tensor \(name)", "it is \(found.isEmpty ? "a single number" : found) but must be \(wanted)")
    }
    return tensor
  }

  /// Removes the tensors for which `isUnused` is true: the network's result does not depend on them.
  mutating func drop(where isUnused: (String) -> Bool) {
    for name in tensors.keys where isUnused(name) { tensors.removeValue(forKey: name) }
  }

  /// Checks that all tensors were taken out.
  /// - Throws: `unexpected` with the name of a tensor that was not taken out.
  package func finish() throws(ConversionError) {
    guard let name = tensors.keys.min() else { return }
    let others = tensors.count > 1 ? " (nor \(tensors.count - 1) others)" : ""
    throw ConversionError(.unexpected, "tensor \(name.prefix(200))", "this network does not use it\(others)")
  }
}

extension CheckpointContents {
  /// The tensors of the state dictionary.
  fileprivate func tensors() throws(ConversionError) -> [(String, TensorReference)] {
    guard case .dictionary(var dictionary) = root else {
      throw ConversionError(.unsupported, Self.context, "it contains \(root.kind) instead of a dictionary of tensors")
    }
    for key in ["net", "state_dict"] {
      if case .dictionary(let inner)? = containers.value(of: key, in: dictionary) {
        dictionary = inner
        break
      }
    }
    let pairs = containers[dictionary]
    var tensors: [(String, TensorReference)] = []
    for index in stride(from: 0, to: pairs.count, by: 2) {
      guard case .string(let name) = pairs[index] else {
        throw ConversionError(.unsupported, Self.context, "it has \(pairs[index].kind) as the name of a tensor")
      }
      guard case .tensor(let tensor) = pairs[index + 1] else {
        throw ConversionError(.unexpected, "checkpoint entry \(name.prefix(200))", "it is \(pairs[index + 1].kind) instead of a tensor")
      }
      tensors.append((name, tensor))
    }
    return tensors
  }
}
