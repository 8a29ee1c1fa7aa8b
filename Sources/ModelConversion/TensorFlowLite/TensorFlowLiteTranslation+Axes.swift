/// Operators that select, join or reorder elements.
extension TensorFlowLiteTranslation {
  /// Returns the axis, in the file's order, that `number` refers to. A negative number counts from the end. The batch axis is refused.
  private func axis(_ operation: Operator, _ number: Int, rank: Int) throws(ConversionError) -> Int {
    let axis = number < 0 ? number + rank : number
    guard axis >= 0, axis < rank else { throw error(.malformed, operation, "there is no axis \(number) in a value of \(rank) axes") }
    guard axis > 0 else { throw error(.unsupported, operation, "it combines elements of the batch axis") }
    return axis
  }

  private func storedAxis(_ value: LaidOutValue, _ axis: Int) -> Int { value.order.firstIndex(of: axis) ?? axis }

  /// TRANSPOSE adds no node: only the recorded order of the axes changes.
  mutating func transpose(_ operation: Operator) throws(ConversionError) {
    let value = try value(operation)
    let permutation = try integers(operation, 1)
    guard permutation.sorted() == Array(0..<value.rank) else {
      throw error(.malformed, operation, "\(permutation) is not a permutation of \(value.rank) axes")
    }
    guard permutation[0] == 0 else { throw error(.unsupported, operation, "it moves the batch axis") }
    let order = value.order.map { old in permutation.firstIndex(of: old) ?? old }
    try finish(operation, value.name, shape: permutation.map { value.shape[$0] }, order: order)
  }

  /// Adds a RESHAPE to the shape that the file states for the output. In the ONNX graph, the batch size is left open (−1).
  mutating func reshape(_ operation: Operator) throws(ConversionError) {
    let value = try value(operation)
    guard operation.outputs.count == 1 else { throw error(.malformed, operation, "it has \(operation.outputs.count) outputs, not one") }
    let shape = model.tensors[operation.outputs[0]].shape
    guard shape.first == 1, shape.reduce(1, *) == value.shape.reduce(1, *) else {
      throw error(.unsupported, operation, "cannot reshape \(value.shape) to \(shape)")
    }
    let rowMajor = LaidOutValue.rowMajor(value.rank)
    let source = value.liesAs(rowMajor) ? value : inOrder(rowMajor, value)
    let target = graph.constant(int64: [-1] + shape.dropFirst())
    let name = graph.add("Reshape", [source.name, target])
    try finish(operation, name, shape: shape, order: LaidOutValue.rowMajor(shape.count))
  }

  mutating func pad(_ operation: Operator) throws(ConversionError) {
    let value = try value(operation)
    let paddings = try integers(operation, 1)
    guard paddings.count == 2 * value.rank, paddings.allSatisfy({ (0...4096).contains($0) }), paddings[0] == 0, paddings[1] == 0
    else { throw error(.unsupported, operation, "cannot pad a value of shape \(value.shape) by \(paddings)") }
    let before = value.order.map { paddings[2 * $0] }
    let after = value.order.map { paddings[2 * $0 + 1] }
    let name = graph.add("Pad", [value.name, graph.constant(int64: before + after), graph.constant(scalar: 0)])
    let shape = value.shape.indices.map { value.shape[$0] + paddings[2 * $0] + paddings[2 * $0 + 1] }
    try finish(operation, name, shape: shape, order: value.order)
  }

  mutating func concatenate(_ operation: Operator) throws(ConversionError) {
    guard let options = operation.options else { throw error(.malformed, operation, "it has no options") }
    let number = Int(try options.integer(0, default: Int32(0)))
    if operation.inputs.count == 2, try isConstant(operation, 0) {
      return try prepend(operation, axisNumber: number)
    }
    let first = try value(operation)
    let axis = try axis(operation, number, rank: first.rank)
    var shape = first.shape
    var names = [first.name]
    for index in operation.inputs.indices.dropFirst() {
      let next = try value(operation, index)
      guard next.rank == first.rank, next.shape.indices.allSatisfy({ $0 == axis || next.shape[$0] == first.shape[$0] }) else {
        throw error(.malformed, operation, "cannot join values of shapes \(first.shape) and \(next.shape) along axis \(axis)")
      }
      shape[axis] += next.shape[axis]
      names.append(inOrder(first.order, next).name)
    }
    let joined = graph.add("Concat", names, ["axis": .int(storedAxis(first, axis))])
    let name = try activated(joined, operation, field: 1)
    try finish(operation, name, shape: shape, order: first.order)
  }

  /// Adds a concatenation of a constant and a value, in that order. A concatenation node would need a copy of the constant for each face,
  /// and the number of faces in the batch is not known. Instead, the value is padded with zeros, and the constant is added to them.
  private mutating func prepend(_ operation: Operator, axisNumber: Int) throws(ConversionError) {
    let constant = try constant(operation, 0)
    let value = try value(operation, 1)
    let axis = try axis(operation, axisNumber, rank: value.rank)
    guard constant.shape.count == value.rank,
      constant.shape.indices.allSatisfy({ $0 == axis || constant.shape[$0] == value.shape[$0] })
    else { throw error(.malformed, operation, "cannot join a constant of shape \(constant.shape) and a value of shape \(value.shape)") }
    var shape = value.shape
    shape[axis] += constant.shape[axis]
    let filled = Self.followedByZeros(constant.values, shape: constant.shape, axis: axis, length: shape[axis])
    guard let laid = permuted(filled, shape: shape, to: value.order) else {
      throw error(.malformed, operation, "cannot join a constant of shape \(constant.shape) and a value of shape \(value.shape)")
    }
    var pads = Array(repeating: 0, count: 2 * value.rank)
    pads[storedAxis(value, axis)] = constant.shape[axis]
    let padded = graph.add("Pad", [value.name, graph.constant(int64: pads), graph.constant(scalar: 0)])
    let sum = graph.add("Add", [padded, graph.constant(laid.values, shape: laid.shape)])
    let name = try activated(sum, operation, field: 1)
    try finish(operation, name, shape: shape, order: value.order)
  }

  private static func followedByZeros(_ values: [Float], shape: [Int], axis: Int, length: Int) -> [Float] {
    let inner = shape[(axis + 1)...].reduce(1, *)
    let block = inner * shape[axis]
    let zeros = Array(repeating: Float(0), count: inner * (length - shape[axis]))
    return stride(from: 0, to: values.count, by: block).flatMap { values[$0..<$0 + block] + zeros }
  }

  /// Adds a MEAN or SUM.
  mutating func reduce(_ operation: Operator, _ function: String) throws(ConversionError) {
    let value = try value(operation)
    let keepsAxes: UInt8 = try operation.options?.integer(0, default: 0) ?? 0
    guard keepsAxes == 1 else { throw error(.unsupported, operation, "it removes the axes that it combines") }
    var shape = value.shape
    var axes: Set<Int> = []
    for number in try integers(operation, 1) {
      let axis = try axis(operation, number, rank: value.rank)
      shape[axis] = 1
      axes.insert(storedAxis(value, axis))
    }
    guard !axes.isEmpty else { throw error(.unsupported, operation, "it combines no axis") }
    // In operator set 17 the axes of ReduceSum are an input, those of ReduceMean an attribute.
    let name =
      function == "ReduceSum"
      ? graph.add(function, [value.name, graph.constant(int64: axes.sorted())])
      : graph.add(function, [value.name], ["axes": .ints(axes.sorted())])
    try finish(operation, name, shape: shape, order: value.order)
  }

  /// Adds a STRIDED_SLICE with steps of 1. If it only removes the batch axis, as the last operator of the blendshape network does, no node
  /// is added.
  mutating func slice(_ operation: Operator) throws(ConversionError) {
    let value = try value(operation)
    let begin = try integers(operation, 1)
    let end = try integers(operation, 2)
    let steps = try integers(operation, 3)
    guard let options = operation.options, [begin.count, end.count, steps.count].allSatisfy({ $0 == value.rank }),
      steps.allSatisfy({ $0 == 1 })
    else { throw error(.unsupported, operation, "cannot slice a value of shape \(value.shape) with steps \(steps)") }
    var masks: [Int32] = []
    for field in 0..<5 { masks.append(try options.integer(field, default: 0)) }
    guard masks[2] == 0, masks[3] == 0, masks[4] & ~1 == 0 else {
      throw error(.unsupported, operation, "masks \(masks) ask for an ellipsis, a new axis, or the removal of an axis but the first")
    }
    let shrinksBatch = masks[4] == 1
    var shape = value.shape
    var cuts: [(axis: Int, from: Int, to: Int)] = []
    for axis in 0..<value.rank {
      let from = masks[0] >> axis & 1 == 1 ? 0 : begin[axis]
      let to = masks[1] >> axis & 1 == 1 ? value.shape[axis] : axis == 0 && shrinksBatch ? 1 : end[axis]
      guard from >= 0, from < to, to <= value.shape[axis] else {
        throw error(.unsupported, operation, "cannot slice a value of shape \(value.shape) from \(begin) to \(end)")
      }
      shape[axis] = to - from
      if shape[axis] != value.shape[axis] { cuts.append((storedAxis(value, axis), from, to)) }
    }
    let name =
      cuts.isEmpty
      ? value.name
      : graph.add(
        "Slice",
        [
          value.name, graph.constant(int64: cuts.map(\.from)), graph.constant(int64: cuts.map(\.to)),
          graph.constant(int64: cuts.map(\.axis)),
        ])
    try finish(operation, name, shape: shape, order: value.order, lacksBatchAxis: shrinksBatch)
  }
}
