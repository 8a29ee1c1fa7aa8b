extension TensorFlowLiteTranslation {
  /// Adds an operator to the graph. Codes are those of `enum BuiltinOperator` in TensorFlow Lite's schema.
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
    default: throw error(.unsupported, operation, "this operator cannot be converted")
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

  /// Adds the activation at the end of an operator (`enum ActivationFunctionType`).
  mutating func activated(_ name: String, _ operation: Operator, field: Int) throws(ConversionError) -> String {
    let activation: Int8 = try operation.options?.integer(field, default: 0) ?? 0
    switch activation {
    case 0: return name
    case 1: return graph.add("Relu", [name])
    case 3: return clipped(name)
    default: throw error(.unsupported, operation, "activation \(activation) cannot be converted")
    }
  }

  /// The number of values from which a PReLU is expanded into max(x, 0) + slope · (x − max(x, 0)), which gives the same result for every
  /// finite x.
  ///
  /// OpenVINO runs a PReLU with many slopes slowly after a convolution; the expanded form is faster. Expanding smaller PReLUs gains nothing
  /// and makes the network slower to compile. For ONNX Runtime's own kernels, the faster form depends on the version. Core ML supports the
  /// operators of both forms.
  static let usualExpandedReluSize = 32_768

  private mutating func parametricRelu(_ operation: Operator) throws(ConversionError) {
    let value = try value(operation)
    let slope = try constant(operation, 1)
    guard let laid = permuted(slope.values, shape: slope.shape, to: value.order), fits(slope.shape, value.shape) else {
      throw error(.unsupported, operation, "slopes of shape \(slope.shape) do not fit a value of shape \(value.shape)")
    }
    let slopes = graph.constant(laid.values, shape: laid.shape, name: "slope")
    let name: String
    if value.shape.reduce(1, *) >= expandedReluSize {
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

  /// Returns the names of both operands, with their axes in the same order. At least one is a computed value; the other may be a constant.
  private mutating func operands(
    _ operation: Operator
  ) throws(ConversionError) -> (first: String, second: String, shape: [Int], order: [Int]) {
    for (constantInput, valueInput) in [(1, 0), (0, 1)] where try isConstant(operation, constantInput) {
      let value = try value(operation, valueInput)
      let constant = try constant(operation, constantInput)
      guard let shape = broadcast(value.shape, constant.shape), shape.count == value.rank,
        let laid = permuted(constant.values, shape: constant.shape, to: value.order)
      else {
        throw error(.unsupported, operation, "a constant of shape \(constant.shape) does not fit a value of shape \(value.shape)")
      }
      let name = graph.constant(laid.values, shape: laid.values.count == 1 ? [] : laid.shape)
      return constantInput == 1 ? (value.name, name, shape, value.order) : (name, value.name, shape, value.order)
    }
    let first = try value(operation, 0)
    var second = try value(operation, 1)
    guard first.rank == second.rank, let shape = broadcast(first.shape, second.shape) else {
      throw error(.unsupported, operation, "values of shapes \(first.shape) and \(second.shape) do not fit each other")
    }
    second = inOrder(first.order, second)
    return (first.name, second.name, shape, first.order)
  }

  private func fits(_ small: [Int], _ large: [Int]) -> Bool { broadcast(small, large) == large }

  /// Returns the shape that results from broadcasting two shapes, which are aligned at their last axes; nil if they do not fit.
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
