/// The translation of one network from TensorFlow Lite to ONNX: adds the operators in order and records the order of each value's axes.
struct TensorFlowLiteTranslation {
  typealias Operator = TensorFlowLiteModel.Operator

  let model: TensorFlowLiteModel
  var graph: ONNXGraph
  /// The values computed so far, by their tensor's index in the file.
  private(set) var values: [Int: LaidOutValue] = [:]
  /// The constants that DEQUANTIZE operators widen, by the index of the operator's output tensor. They are widened during the translation.
  private var widened: [Int: Int] = [:]
  /// The number of elements of constants that may still be written. The initial value is sixteen times the need of the largest network.
  /// Without a limit, thousands of operators in a small file could refer to the same buffer and exhaust memory.
  private var remainingElements = 1 << 24

  /// The number of values from which a PReLU is expanded.
  let expandedReluSize: Int

  init(_ model: TensorFlowLiteModel, name: String, expandedReluSize: Int) {
    self.model = model
    self.expandedReluSize = expandedReluSize
    self.graph = ONNXGraph(name: name)
  }

  mutating func run() throws(ConversionError) {
    try declareInputs()
    for operation in model.operators { try translate(operation) }
    try declareOutputs()
  }

  // MARK: inputs and outputs

  private mutating func declareInputs() throws(ConversionError) {
    for tensor in model.inputs {
      let shape = model.tensors[tensor].shape
      guard shape.count >= 2, shape[0] == 1, model.tensors[tensor].elementType == .float32, model.tensors[tensor].data.isEmpty,
        values[tensor] == nil
      else {
        throw ConversionError(.unsupported, model.reader.context, "input \(tensor) of shape \(shape) is not a Float32 batch of one")
      }
      let isImage = shape.count == 4 && shape[3] == 3
      let order = isImage ? LaidOutValue.channelsFirst : LaidOutValue.rowMajor(shape.count)
      let name = try name(of: tensor)
      graph.input(name, shape: [.batch] + order.dropFirst().map { .fixed(shape[$0]) })
      values[tensor] = LaidOutValue(name: name, shape: shape, order: order)
    }
  }

  private mutating func declareOutputs() throws(ConversionError) {
    for tensor in model.outputs {
      guard let value = values[tensor], !model.inputs.contains(tensor) else {
        throw ConversionError(.malformed, model.reader.context, "no operator computes output \(tensor)")
      }
      let isOnePixel = value.rank == 4 && value.shape[1] == 1 && value.shape[2] == 1
      let shape = isOnePixel ? [1, value.shape[3]] : value.shape
      let name = try name(of: tensor)
      if value.storedShape == shape, value.liesAs(LaidOutValue.rowMajor(value.rank)) {
        graph.add("Identity", [value.name], output: name)
      } else {
        let rowMajor = inOrder(LaidOutValue.rowMajor(value.rank), value)
        let target = graph.constant(int64: [-1] + shape.dropFirst())
        graph.add("Reshape", [rowMajor.name, target], output: name)
      }
      graph.output(name, shape: [.batch] + shape.dropFirst().map { .fixed($0) })
    }
  }

  private mutating func name(of tensor: Int) throws(ConversionError) -> String {
    let name = try model.name(of: tensor)
    guard !name.isEmpty, graph.reserve(name) else {
      throw ConversionError(.malformed, model.reader.context, "tensor \(tensor) has no name of its own ('\(name)')")
    }
    return name
  }

  // MARK: operands

  func error(_ code: ConversionError.Code, _ operation: Operator, _ message: String) -> ConversionError {
    ConversionError(code, "\(model.reader.context), \(operation.context)", message)
  }

  func tensorIndex(_ operation: Operator, input: Int) throws(ConversionError) -> Int {
    guard operation.inputs.indices.contains(input) else {
      throw error(.malformed, operation, "input \(input) is missing")
    }
    return operation.inputs[input]
  }

  /// Returns an operator's input, which must be a computed value.
  func value(_ operation: Operator, _ input: Int = 0) throws(ConversionError) -> LaidOutValue {
    let tensor = try tensorIndex(operation, input: input)
    guard let value = values[tensor] else {
      throw error(.unsupported, operation, "input \(input) (tensor \(tensor)) is not computed from the network's input")
    }
    guard !value.lacksBatchAxis else { throw error(.unsupported, operation, "input \(input) has no batch axis") }
    return value
  }

  /// Returns an operator's input, which must be a floating-point constant. Its axes are in the file's order.
  mutating func constant(_ operation: Operator, _ input: Int) throws(ConversionError) -> (values: [Float], shape: [Int]) {
    let tensor = try tensorIndex(operation, input: input)
    let source = widened[tensor] ?? tensor
    let shape = model.tensors[tensor].shape
    remainingElements -= shape.reduce(1, *)
    guard remainingElements >= 0 else { throw error(.unsupported, operation, "the constants are too large for a face network") }
    guard values[tensor] == nil, model.tensors[source].shape == shape else {
      throw error(.unsupported, operation, "input \(input) is not a constant")
    }
    return (try model.floats(of: source), shape)
  }

  func isConstant(_ operation: Operator, _ input: Int) throws(ConversionError) -> Bool {
    values[try tensorIndex(operation, input: input)] == nil
  }

  /// Returns an operator's input, which must be a constant list of integers.
  func integers(_ operation: Operator, _ input: Int) throws(ConversionError) -> [Int] {
    try model.integers(of: try tensorIndex(operation, input: input))
  }

  /// Records the value that an operator computes, after checking that the file states the same shape.
  mutating func finish(_ operation: Operator, _ name: String, shape: [Int], order: [Int], lacksBatchAxis: Bool = false)
    throws(ConversionError)
  {
    guard operation.outputs.count == 1, values[operation.outputs[0]] == nil, widened[operation.outputs[0]] == nil else {
      throw error(.malformed, operation, "it has several outputs, or its output was computed before")
    }
    let stated = model.tensors[operation.outputs[0]].shape
    guard stated == (lacksBatchAxis ? Array(shape.dropFirst()) : shape) else {
      throw error(.malformed, operation, "its output has the shape \(shape), but the file states \(stated)")
    }
    values[operation.outputs[0]] = LaidOutValue(name: name, shape: shape, order: order, lacksBatchAxis: lacksBatchAxis)
  }

  /// Records that the output of a DEQUANTIZE is its constant input, widened to Float32.
  mutating func widen(_ operation: Operator) throws(ConversionError) {
    let source = try tensorIndex(operation, input: 0)
    guard operation.outputs.count == 1, values[operation.outputs[0]] == nil, widened[operation.outputs[0]] == nil,
      model.tensors[source].elementType == .float16, !model.tensors[source].data.isEmpty
    else { throw error(.unsupported, operation, "only a float16 constant can be dequantised") }
    widened[operation.outputs[0]] = source
  }

  /// Returns the value with its axes in the order `order`. Adds no transpose if the elements are already in this order.
  mutating func inOrder(_ order: [Int], _ value: LaidOutValue) -> LaidOutValue {
    guard value.order != order else { return value }
    let name: String
    if value.liesAs(order) {
      let target = graph.constant(int64: [-1] + order.dropFirst().map { value.shape[$0] })
      name = graph.add("Reshape", [value.name, target])
    } else {
      let permutation = order.map { axis in value.order.firstIndex(of: axis) ?? 0 }
      name = graph.add("Transpose", [value.name], ["perm": .ints(permutation)])
    }
    return LaidOutValue(name: name, shape: value.shape, order: order)
  }

  /// Reorders a constant for arithmetic with a value whose axes have the given order. The constant's axes are aligned with the value's last
  /// axes, as in broadcasting, and then permuted. The batch axis, whose length is 1, is omitted.
  /// - Returns: nil if the constant has more axes than the value, or a batch axis other than 1.
  func permuted(_ values: [Float], shape: [Int], to order: [Int]) -> (values: [Float], shape: [Int])? {
    guard shape.count <= order.count else { return nil }
    let full = Array(repeating: 1, count: order.count - shape.count) + shape
    guard full[0] == 1 else { return nil }
    let moved = Permutation.apply(order, to: values, shape: full)
    return (moved, Array(order.map { full[$0] }.dropFirst()))
  }
}
