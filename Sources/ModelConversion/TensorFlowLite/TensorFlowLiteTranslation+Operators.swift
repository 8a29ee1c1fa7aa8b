extension TensorFlowLiteTranslation {
  /// Adds what an operator computes to the graph. Codes are those of `enum BuiltinOperator` in TensorFlow Lite's schema.
  mutating func translate(_ operation: Operator) throws(ConversionError) {
    switch operation.code {
    case 0: try binary(operation, "Add", activationField: 0)
    case 2: try concatenate(operation)
    case 3: try convolve(operation, depthwise: false)
    case 4: try convolve(operation, depthwise: true)
    case 6: try widen(operation)
    case 14: try unary(operation, "Sigmoid")
    case 17: try maxPool(operation)
    case 18: try binary(operation, "Mul", activationField: 0)
    case 19: try unary(operation, "Relu")
    case 21: try unary(operation, "Relu6")
    case 22: try reshape(operation)
    case 34: try pad(operation)
    case 39: try transpose(operation)
    case 40: try reduce(operation, "ReduceMean")
    case 41: try binary(operation, "Sub", activationField: 0)
    case 42: try binary(operation, "Div", activationField: 0)
    case 45: try slice(operation)
    case 54: try parametricRelu(operation)
    case 59: try unary(operation, "Neg")
    case 74: try reduce(operation, "ReduceSum")
    case 75: try unary(operation, "Sqrt")
    case 76: try unary(operation, "Rsqrt")
    case 99: try binary(operation, "SquaredDifference", activationField: nil)
    default: throw error(.unsupported, operation, "this operator is not converted")
    }
  }

  // MARK: element by element

  private mutating func unary(_ operation: Operator, _ function: String) throws(ConversionError) {
    let value = try value(operation)
    let name: String
    switch function {
    case "Relu6": name = clipped(value.name)
    case "Rsqrt": name = graph.add("Reciprocal", [graph.add("Sqrt", [value.name])])
    default: name = graph.add(function, [value.name])
    }
    try finish(operation, name, shape: value.shape, order: value.order)
  }

  private mutating func clipped(_ name: String) -> String {
    graph.add("Clip", [name, graph.constant(scalar: 0), graph.constant(scalar: 6)])
  }

  /// The activation that an operator ends with (`enum ActivationFunctionType`).
  mutating func activated(_ name: String, _ operation: Operator, field: Int) throws(ConversionError) -> String {
    let activation: Int8 = try operation.options?.integer(field, default: 0) ?? 0
    switch activation {
    case 0: return name
    case 1: return graph.add("Relu", [name])
    case 3: return clipped(name)
    default: throw error(.unsupported, operation, "activation \(activation) is not converted")
    }
  }

  /// From this number of values on, a PReLU is written out: max(x, 0) + slope · (x − max(x, 0)), the same number for every finite x.
  ///
  /// OpenVINO puts a PReLU of many slopes behind each convolution at great cost. With the face mesh's 34 larger ones written out, of 69, a
  /// picture takes 4.6 instead of 5.6 ms (a Zen 4 core); with all of them it takes no less, but the network a quarter longer to compile.
  /// ONNX Runtime's own kernels take 13.5 ms with and 11 ms without this in version 1.24, 10.5 and 17 ms in 1.32. Core ML has all of these
  /// operators.
  static let usualWrittenOutSize = 32_768

  private mutating func parametricRelu(_ operation: Operator) throws(ConversionError) {
    let value = try value(operation)
    let slope = try constant(operation, 1)
    guard let laid = permuted(slope.values, shape: slope.shape, to: value.order), fits(slope.shape, value.shape) else {
      throw error(.unsupported, operation, "slopes of shape \(slope.shape) for a value of shape \(value.shape)")
    }
    let slopes = graph.constant(laid.values, shape: laid.shape, name: "slope")
    let name: String
    if value.shape.reduce(1, *) >= writtenOutSize {
      let positive = graph.add("Relu", [value.name])
      let negative = graph.add("Sub", [value.name, positive])
      name = graph.add("Add", [positive, graph.add("Mul", [negative, slopes])])
    } else {
      name = graph.add("PRelu", [value.name, slopes])
    }
    try finish(operation, name, shape: value.shape, order: value.order)
  }

  private mutating func binary(_ operation: Operator, _ function: String, activationField: Int?) throws(ConversionError) {
    let operands = try self.operands(operation)
    var name: String
    if function == "SquaredDifference" {
      let difference = graph.add("Sub", [operands.first, operands.second])
      name = graph.add("Mul", [difference, difference])
    } else {
      name = graph.add(function, [operands.first, operands.second])
    }
    if let activationField { name = try activated(name, operation, field: activationField) }
    try finish(operation, name, shape: operands.shape, order: operands.order)
  }

  /// Both operands in one order of axes: computed values, or one of them a constant.
  private mutating func operands(
    _ operation: Operator
  ) throws(ConversionError) -> (first: String, second: String, shape: [Int], order: [Int]) {
    for (constantInput, valueInput) in [(1, 0), (0, 1)] where try isConstant(operation, constantInput) {
      let value = try value(operation, valueInput)
      let constant = try constant(operation, constantInput)
      guard let shape = broadcast(value.shape, constant.shape), shape.count == value.rank,
        let laid = permuted(constant.values, shape: constant.shape, to: value.order)
      else {
        throw error(.unsupported, operation, "a constant of shape \(constant.shape) with a value of shape \(value.shape)")
      }
      let name = graph.constant(laid.values, shape: laid.values.count == 1 ? [] : laid.shape)
      return constantInput == 1 ? (value.name, name, shape, value.order) : (name, value.name, shape, value.order)
    }
    let first = try value(operation, 0)
    var second = try value(operation, 1)
    guard first.rank == second.rank, let shape = broadcast(first.shape, second.shape) else {
      throw error(.unsupported, operation, "values of shapes \(first.shape) and \(second.shape)")
    }
    second = inOrder(first.order, second)
    return (first.name, second.name, shape, first.order)
  }

  private func fits(_ small: [Int], _ large: [Int]) -> Bool { broadcast(small, large) == large }

  /// The shape that two shapes make together, aligned at their ends; nil where they don't.
  func broadcast(_ first: [Int], _ second: [Int]) -> [Int]? {
    let rank = max(first.count, second.count)
    let one = Array(repeating: 1, count: rank - first.count) + first
    let two = Array(repeating: 1, count: rank - second.count) + second
    var shape: [Int] = []
    for (a, b) in zip(one, two) {
      guard a == b || a == 1 || b == 1 else { return nil }
      shape.append(max(a, b))
    }
    return shape
  }
}
