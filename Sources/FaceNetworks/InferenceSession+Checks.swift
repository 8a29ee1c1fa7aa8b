import Inference

extension InferenceSession {
  /// Returns the name of the only input.
  /// - Parameter shape: the shape that the input must have, without the batch.
  /// - Throws: `wrongModel` if there are other inputs, or if the shape differs.
  func soleInput(_ shape: [Int], of network: String) throws(FaceNetworkError) -> String {
    guard inputs.count == 1, let input = inputs.first, Array(input.shape.dropFirst()) == shape.map(Optional.some) else {
      let expected = shape.map(String.init).joined(separator: "×")
      throw FaceNetworkError(.wrongModel, "\(name) is not \(network): its input is \(Self.text(inputs)) instead of N×\(expected)")
    }
    return input.name
  }

  /// Returns the name of the first output that has `count` values for each item of the batch.
  /// - Throws: `wrongModel` if there is none.
  func output(ofCount count: Int, of network: String) throws(FaceNetworkError) -> String {
    let found = outputs.first { output in
      output.shape.dropFirst().reduce(1) { $0 * ($1 ?? 0) } == count
    }
    guard let found else {
      throw FaceNetworkError(.wrongModel, "\(name) is not \(network): it has no output of \(count) values, only \(Self.text(outputs))")
    }
    return found.name
  }

  /// Makes the error that this session does not run the given network. Its message lists the session's inputs and outputs.
  func isNot(_ network: String) -> FaceNetworkError {
    FaceNetworkError(.wrongModel, "\(name) is not \(network): its input is \(Self.text(inputs)), and its output is \(Self.text(outputs))")
  }

  private static func text(_ list: [TensorDescription]) -> String { list.map(\.description).joined(separator: ", ") }
}

extension Tensor {
  /// Returns this tensor, after checking that it has `count` values.
  /// - Throws: `unexpectedOutput`.
  func holding(_ count: Int, from network: String) throws(FaceNetworkError) -> Tensor {
    guard self.count == count else {
      throw FaceNetworkError(.unexpectedOutput, "\(network): an output has \(self.count) values instead of \(count)")
    }
    return self
  }

  /// Returns the values of each item of a batch.
  /// - Parameters:
  ///   - count: the number of items.
  ///   - width: the number of values per item.
  /// - Throws: `unexpectedOutput` if the number of values is not `count` · `width`.
  func rows(_ count: Int, of width: Int, from network: String) throws(FaceNetworkError) -> [[Float]] {
    let values = try holding(count * width, from: network).scalars
    return (0..<count).map { Array(values[$0 * width..<($0 + 1) * width]) }
  }
}
