import Inference

/// A network that is not the one it should be, or that could not be run.
public struct FaceNetworkError: Error, CustomStringConvertible {
  public enum Code: Hashable, Sendable {
    /// The model's inputs or outputs are not those of the network that it was loaded as.
    case wrongModel
    /// The network answered with something else than it promised.
    case unexpectedOutput
  }

  public let code: Code
  public let message: String
  public var description: String { message }

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

extension InferenceSession {
  /// Items of one run where the model fixes that; models that others exported often take one at a time.
  var fixedBatch: Int? { inputs.first?.shape.first ?? nil }

  /// Runs the network on as many items at once as it takes.
  /// - Parameter run: is given items and how many slots the tensor has; slots behind the items are to be zero.
  /// - Returns: what `run` returned of the items, in their order.
  func inBatches<Item, Result>(_ items: [Item], _ run: (ArraySlice<Item>, _ slots: Int) throws -> [Result]) rethrows -> [Result] {
    let slots = max(fixedBatch ?? items.count, 1)
    return try stride(from: 0, to: items.count, by: slots).flatMap { start in
      let batch = items[start..<min(start + slots, items.count)]
      return try run(batch, slots).prefix(batch.count)
    }
  }

  /// The only input, when its shape without the batch is `shape`.
  func soleInput(_ shape: [Int], of network: String) throws(FaceNetworkError) -> String {
    guard inputs.count == 1, let input = inputs.first, Array(input.shape.dropFirst()) == shape.map(Optional.some) else {
      throw FaceNetworkError(
        .wrongModel,
        "\(name): not \(network): it takes \(inputs.map(\.description).joined(separator: ", ")), not N×\(shape.map(String.init).joined(separator: "×")); run `splitface models verify`"
      )
    }
    return input.name
  }

  /// The first output with `count` values for each item of the batch.
  func output(ofCount count: Int, of network: String) throws(FaceNetworkError) -> String {
    let found = outputs.first { output in
      output.shape.dropFirst().reduce(1) { $0 * ($1 ?? 0) } == count
    }
    guard let found else {
      throw FaceNetworkError(
        .wrongModel,
        "\(name): not \(network): no output of \(count) values among \(outputs.map(\.description).joined(separator: ", ")); run `splitface models verify`"
      )
    }
    return found.name
  }
}

extension Tensor {
  /// This tensor, when it holds `count` values.
  func holding(_ count: Int, from network: String) throws(FaceNetworkError) -> Tensor {
    guard self.count == count else {
      throw FaceNetworkError(.unexpectedOutput, "\(network): \(self.count) values came back where \(count) were due")
    }
    return self
  }
}
