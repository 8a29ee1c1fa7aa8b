extension TensorFlowLiteTranslation {
  /// Strides, dilations and padding of a window that slides over an image.
  private struct Window {
    /// The height and the width.
    var size: [Int]
    var strides: [Int]
    var dilations: [Int]
    var isSame: Bool

    /// Returns the lengths of the result and the padding, computed as in TensorFlow (tensorflow/core/framework/common_shape_fns.cc). With
    /// "SAME" padding, the length is divided by the stride and rounded up; if the padding is odd, the extra pixel is at the end.
    /// - Returns: nil if the window does not fit.
    func slide(over lengths: [Int]) -> (lengths: [Int], pads: [Int])? {
      var results: [Int] = []
      var before: [Int] = []
      var after: [Int] = []
      for axis in 0..<2 {
        let reach = (size[axis] - 1) * dilations[axis] + 1
        let result = isSame ? (lengths[axis] - 1) / strides[axis] + 1 : (lengths[axis] - reach) / strides[axis] + 1
        guard result > 0, isSame || lengths[axis] >= reach else { return nil }
        let padding = isSame ? max((result - 1) * strides[axis] + reach - lengths[axis], 0) : 0
        results.append(result)
        before.append(padding / 2)
        after.append(padding - padding / 2)
      }
      return (results, before + after)
    }
  }

  /// Reads a window from an operator's options. All numbers are at most 1024, so that no arithmetic can overflow.
  private func window(
    _ operation: Operator, size: [Int], strideFields: [Int], dilationFields: [Int]?
  ) throws(ConversionError) -> Window {
    guard let options = operation.options else { throw error(.malformed, operation, "it has no options") }
    let padding: Int8 = try options.integer(0, default: 0)
    var strides: [Int] = []
    var dilations: [Int] = []
    for axis in 0..<2 {
      strides.append(Int(try options.integer(strideFields[axis], default: Int32(0))))
      dilations.append(
        try dilationFields.map { fields throws(ConversionError) in Int(try options.integer(fields[axis], default: Int32(1))) } ?? 1)
    }
    guard padding == 0 || padding == 1, (size + strides + dilations).allSatisfy({ (1...1024).contains($0) }) else {
      throw error(.malformed, operation, "invalid window: size \(size), strides \(strides), dilations \(dilations), padding \(padding)")
    }
    return Window(size: size, strides: strides, dilations: dilations, isSame: padding == 0)
  }

  // MARK: convolution

  mutating func convolve(_ operation: Operator, depthwise: Bool) throws(ConversionError) {
    let value = try value(operation)
    let weights = try constant(operation, 1)
    let bias = try constant(operation, 2)
    let shape = weights.shape
    guard value.rank == 4, shape.count == 4 else { throw error(.malformed, operation, "the weights have the shape \(shape)") }
    let channels = (input: value.shape[3], output: depthwise ? shape[3] : shape[0])
    guard bias.shape == [channels.output],
      depthwise ? shape[0] == 1 && channels.output % channels.input == 0 : shape[3] == channels.input
    else {
      throw error(.unsupported, operation, "weights of shape \(shape) and bias \(bias.shape) do not fit \(channels.input) channels")
    }
    let window = try window(
      operation, size: [shape[1], shape[2]], strideFields: [2, 1], dilationFields: depthwise ? [6, 5] : [5, 4])
    let isPointwise = !depthwise && window.size == [1, 1] && window.strides == [1, 1]
    if isPointwise, !value.liesAs(LaidOutValue.channelsFirst) {
      return try multiply(operation, value, weights: weights.values, bias: bias.values, activationField: 3)
    }
    guard let result = window.slide(over: [value.shape[1], value.shape[2]]) else {
      throw error(.malformed, operation, "a window of \(window.size) does not fit into \(value.shape)")
    }
    // The weights change from O×H×W×I to O×I×H×W, or from 1×H×W×O to O×1×H×W if depthwise.
    let order = depthwise ? [3, 0, 1, 2] : [0, 3, 1, 2]
    let laid = Permutation.apply(order, to: weights.values, shape: shape)
    let image = inOrder(LaidOutValue.channelsFirst, value)
    let inputs = [
      image.name, graph.constant(laid, shape: order.map { shape[$0] }, name: "weight"),
      graph.constant(bias.values, shape: bias.shape, name: "bias"),
    ]
    let convolved = graph.add(
      "Conv", inputs,
      [
        "kernel_shape": .ints(window.size), "strides": .ints(window.strides), "dilations": .ints(window.dilations),
        "pads": .ints(result.pads), "group": .int(depthwise ? channels.input : 1),
      ])
    let name = try activated(convolved, operation, field: depthwise ? 4 : 3)
    try finish(
      operation, name, shape: [1, result.lengths[0], result.lengths[1], channels.output], order: LaidOutValue.channelsFirst)
  }

  /// Adds a 1×1 convolution of a value whose last axis contains the channels. It is added as a matrix product, which needs no transposes.
  private mutating func multiply(
    _ operation: Operator, _ value: LaidOutValue, weights: [Float], bias: [Float], activationField: Int
  ) throws(ConversionError) {
    let (inputs, outputs) = (value.shape[3], bias.count)
    let rowMajor = inOrder(LaidOutValue.rowMajor(4), value)
    let matrix = Permutation.apply([1, 0], to: weights, shape: [outputs, inputs])
    let product = graph.add("MatMul", [rowMajor.name, graph.constant(matrix, shape: [inputs, outputs], name: "weight")])
    let sum = graph.add("Add", [product, graph.constant(bias, shape: [outputs], name: "bias")])
    let name = try activated(sum, operation, field: activationField)
    try finish(operation, name, shape: Array(value.shape.dropLast()) + [outputs], order: rowMajor.order)
  }

  // MARK: pooling

  mutating func maxPool(_ operation: Operator) throws(ConversionError) {
    let value = try value(operation)
    guard value.rank == 4, let options = operation.options else {
      throw error(.malformed, operation, "cannot pool a value of shape \(value.shape)")
    }
    let size = [Int(try options.integer(4, default: Int32(0))), Int(try options.integer(3, default: Int32(0)))]
    let window = try window(operation, size: size, strideFields: [2, 1], dilationFields: nil)
    guard let result = window.slide(over: [value.shape[1], value.shape[2]]) else {
      throw error(.malformed, operation, "a window of \(size) does not fit into \(value.shape)")
    }
    let image = inOrder(LaidOutValue.channelsFirst, value)
    let pooled = graph.add(
      "MaxPool", [image.name],
      ["kernel_shape": .ints(size), "strides": .ints(window.strides), "pads": .ints(result.pads)])
    let name = try activated(pooled, operation, field: 5)
    try finish(
      operation, name, shape: [1, result.lengths[0], result.lengths[1], value.shape[3]], order: LaidOutValue.channelsFirst)
  }
}
