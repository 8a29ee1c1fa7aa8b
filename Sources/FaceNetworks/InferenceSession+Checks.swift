import Inference

extension InferenceSession {
  /// The name of the only input.
  /// - Parameter shape: the shape that it must have, without the batch.
  /// - Throws: `wrongModel` if there are other inputs, or the shape is another.
  func soleInput(_ shape: [Int], of network: String) throws(FaceNetworkError) -> String {
    guard inputs.count == 1, let input = inputs.first, Array(input.shape.dropFirst()) == shape.map(Optional.some) else {
      let expected = shape.map(String.init).joined(separator: "×")
      throw FaceNetworkError(.wrongModel, "\(name): not \(network): its input is \(Self.text(inputs)), not N×\(expected)")
    }
    return input.name
  }

  /// The name of the first output that has `count` values for each item of the batch.
  /// - Throws: `wrongModel` if there is none.
  func output(ofCount count: Int, of network: String) throws(FaceNetworkError) -> String {
    let found = outputs.first { output in
      output.shape.dropFirst().reduce(1) { $0 * ($1 ?? 0) } == count
    }
    guard let found else {
      throw FaceNetworkError(.wrongModel, "\(name): not \(network): no output of \(count) values among \(Self.text(outputs))")
    }
    return found.name
  }

  /// The error that this session is not the given network, with the inputs and outputs that it has.
  func isNot(_ network: String) -> FaceNetworkError {
    FaceNetworkError(.wrongModel, "\(name): not \(network): its input is \(Self.text(inputs)), its output \(Self.text(outputs))")
  }

  private static func text(_ list: [TensorDescription]) -> String { list.map(\.description).joined(separator: ", ") }
}

extension Tensor {
  /// This tensor, after checking that it has `count` values.
  /// - Throws: `unexpectedOutput`.
  func holding(_ count: Int, from network: String) throws(FaceNetworkError) -> Tensor {
    guard self.count == count else {
      throw FaceNetworkError(.unexpectedOutput, "\(network): an output has \(self.count) values instead of \(count)")
    }
    return self
  }

  /// The values of each item of a batch.
  /// - Parameters:
  ///   - count: the number of items.
  ///   - width: the number of values per item.
  /// - Throws: `unexpectedOutput` if there are not `count` · `width` values.
  func rows(_ count: Int, of width: Int, from network: String) throws(FaceNetworkError) -> [[Float]] {
    let values = try holding(count * width, from: network).scalars
    return (0..<count).map { Array(values[$0 * width..<($0 + 1) * width]) }
  }
}
