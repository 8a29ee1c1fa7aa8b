/// Adds the multitask network's head for Action Units. Each unit is a node; a graph layer joins similar nodes; the result for a unit is the
/// cosine between its node and a learnt direction.
enum ActionUnitHead {
  private typealias Feature = NetworkBuilder.Feature
  private static let head = "au_regressor."
  /// Each node is joined to the nodes that are at least as similar to it as the fourth most similar one (OpenFace 3.0's `neighbor_num`).
  private static let neighbours = 4
  /// The ε of PyTorch's `BatchNorm1d` by default. The backbone uses another value.
  private static let epsilon = 1e-5

  static func add(_ input: NetworkBuilder.Feature, _ network: inout NetworkBuilder) throws(ConversionError) {
    let width = input.channels
    guard let units = network.state.shape(of: head + "sc")?.first, units >= neighbours, units <= 1000 else {
      throw ConversionError(.misshapen, "tensor \(head)sc", "it must have one row for each of at least \(neighbours) Action Units")
    }
    let layers = (0..<units).map { "\(head)class_linears.\($0)" }
    let all = try network.linear(input, stacking: layers, outputs: width)
    // `rows` is one matrix whose rows are the nodes, for operations on single nodes. `nodes` is N×units×width, for operations between
    // nodes.
    let rows = Feature(name: reshaped(all.name, [-1, width], &network), channels: width)
    let nodes = reshaped(all.name, [0, units, width], &network)
    let joint = try network.linear(rows, stacking: [head + "gnn.V", head + "gnn.U"], outputs: width)
    let halves = network.graph.add(
      "Split", [reshaped(joint.name, [-1, units, 2 * width], &network)], ["axis": .int(2)], outputCount: 2)
    let passed = network.graph.add("MatMul", [adjacency(nodes, &network), halves[0]])
    let mixed = network.graph.add("Add", [passed, halves[1]])
    let updated = network.graph.add("Relu", [network.graph.add("Add", [nodes, try normalised(mixed, units, &network)])])
    try cosines(updated, units: units, width: width, &network)
  }

  private static func reshaped(_ name: String, _ shape: [Int], _ network: inout NetworkBuilder) -> String {
    network.graph.add("Reshape", [name, network.graph.constant(int64: shape)])
  }

  /// Adds the normalised adjacency matrix, D^-½ · adjacency · D^-½ (N×units×units), which is computed from the nodes' scalar products.
  private static func adjacency(_ nodes: String, _ network: inout NetworkBuilder) -> String {
    let transposed = network.graph.add("Transpose", [nodes], ["perm": .ints([0, 2, 1])])
    let similarity = network.graph.add("MatMul", [nodes, transposed])
    let count = network.graph.constant(int64: [neighbours], name: "neighbours")
    let largest = network.graph.add("TopK", [similarity, count], ["axis": .int(2)], outputCount: 2)[0]
    let threshold = network.graph.add("ReduceMin", [largest], ["axes": .ints([2]), "keepdims": .int(1)])
    let joined = network.graph.add("GreaterOrEqual", [similarity, threshold])
    let edges = network.graph.add("Cast", [joined], ["to": .int(Int(ONNXTensor.ElementType.float.rawValue))])
    let axis = network.graph.constant(int64: [2], name: "axis")
    let degree = network.graph.add("ReduceSum", [edges, axis], ["keepdims": .int(1)])
    let factor = network.graph.add("Reciprocal", [network.graph.add("Sqrt", [degree])])
    let across = network.graph.add("Transpose", [factor], ["perm": .ints([0, 2, 1])])
    return network.graph.add("Mul", [network.graph.add("Mul", [edges, factor]), across])
  }

  /// Adds the batch normalisation as one factor and one summand per unit, because it normalises over units rather than features.
  private static func normalised(_ name: String, _ units: Int, _ network: inout NetworkBuilder) throws(ConversionError) -> String {
    let normalisation = try network.normalisation(head + "gnn.bnv", channels: units, epsilon: epsilon)
    let scale = network.graph.constant(normalisation.scale.map { Float($0) }, shape: [units, 1], name: head + "gnn.bnv.scale")
    let shift = network.graph.constant(normalisation.shift.map { Float($0) }, shape: [units, 1], name: head + "gnn.bnv.shift")
    return network.graph.add("Add", [network.graph.add("Mul", [name, scale]), shift])
  }

  /// Adds, for each unit, the cosine between its node and its row of ReLU(`sc`). Vector lengths below 10⁻¹² are taken as 10⁻¹², as in
  /// PyTorch's `normalize`.
  private static func cosines(_ nodes: String, units: Int, width: Int, _ network: inout NetworkBuilder) throws(ConversionError) {
    let directions = try network.state.take(head + "sc", shape: [units, width]).floats()
    var unitLength = [Float](repeating: 0, count: units * width)
    for unit in 0..<units {
      let row = directions[unit * width..<(unit + 1) * width].map { Double(max($0, 0)) }
      let length = max(row.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-12)
      for (index, value) in row.enumerated() { unitLength[unit * width + index] = Float(value / length) }
    }
    let constant = network.graph.constant(unitLength, shape: [units, width], name: head + "sc")
    let axis = network.graph.constant(int64: [2], name: "axis")
    let product = network.graph.add(
      "ReduceSum", [network.graph.add("Mul", [nodes, constant]), axis], ["keepdims": .int(0)])
    let length = network.graph.add("ReduceL2", [nodes], ["axes": .ints([2]), "keepdims": .int(0)])
    let floor = network.graph.constant(scalar: 1e-12, name: "smallest_length")
    network.graph.add("Div", [product, network.graph.add("Max", [length, floor])], output: "au")
    network.graph.output("au", shape: [.batch, .fixed(units)])
  }
}
