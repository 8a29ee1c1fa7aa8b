/// A network that is being built as an ONNX model: operator set 17, IR version 8, Float32.
///
/// Each node must be added after the nodes that compute its inputs, as ONNX requires.
package struct ONNXGraph: Sendable {
  /// An axis of an input or output: a fixed length, or the name of a variable one.
  package enum Dimension: Hashable, Sendable, ExpressibleByIntegerLiteral {
    case fixed(Int)
    case free(String)

    package init(integerLiteral value: Int) { self = .fixed(value) }
    /// The first axis of every network here: the number of faces or images in one run.
    package static let batch = Dimension.free("batch")
  }

  package struct Value: Sendable {
    package let name: String
    package let shape: [Dimension]
  }

  package let name: String
  package private(set) var inputs: [Value] = []
  package private(set) var outputs: [Value] = []
  package private(set) var nodes: [ONNXNode] = []
  package private(set) var initializers: [(name: String, tensor: ONNXTensor)] = []
  private var takenNames: Set<String> = []

  package init(name: String) { self.name = name }

  // MARK: building

  /// Declares an input of the network (Float32) and returns its name.
  @discardableResult
  package mutating func input(_ name: String, shape: [Dimension]) -> String {
    inputs.append(Value(name: name, shape: shape))
    takenNames.insert(name)
    return name
  }

  /// Declares the value `name`, which a node computes, as an output of the network (Float32).
  package mutating func output(_ name: String, shape: [Dimension]) {
    outputs.append(Value(name: name, shape: shape))
  }

  /// Adds a constant and returns its name: `name` or, if it is taken, a name that begins with `name`.
  package mutating func constant(_ tensor: ONNXTensor, name: String = "constant") -> String {
    let unique = uniqueName(name)
    initializers.append((unique, tensor))
    return unique
  }

  /// Adds a Float32 constant.
  package mutating func constant(_ values: [Float], shape: [Int], name: String = "constant") -> String {
    constant(ONNXTensor(values, shape: shape), name: name)
  }

  /// Adds a vector of Int64, the type that ONNX uses for shapes, axes and positions.
  package mutating func constant(int64 values: [Int], name: String = "shape") -> String {
    constant(ONNXTensor(values.map(Int64.init), shape: [values.count]), name: name)
  }

  /// Adds a Float32 scalar.
  package mutating func constant(scalar value: Float, name: String = "scalar") -> String {
    constant(ONNXTensor([value], shape: []), name: name)
  }

  /// Adds a node with one output and returns the output's name.
  ///
  /// - Parameter output: the name of the output, which must not exist yet; nil generates one.
  @discardableResult
  package mutating func add(
    _ operation: String, _ inputs: [String], _ attributes: [String: ONNXAttribute] = [:], output: String? = nil
  ) -> String {
    let name = output ?? uniqueName(operation)
    takenNames.insert(name)
    nodes.append(ONNXNode(operation, inputs: inputs, outputs: [name], attributes: attributes))
    return name
  }

  /// Adds a node with several outputs and returns their names.
  package mutating func add(
    _ operation: String, _ inputs: [String], _ attributes: [String: ONNXAttribute] = [:], outputCount: Int
  ) -> [String] {
    let names = (0..<outputCount).map { _ in uniqueName(operation) }
    nodes.append(ONNXNode(operation, inputs: inputs, outputs: names, attributes: attributes))
    return names
  }

  /// Reserves a name, so that it is not generated for another value. Returns false if the name is taken already.
  package mutating func reserve(_ name: String) -> Bool { takenNames.insert(name).inserted }

  private mutating func uniqueName(_ wanted: String) -> String {
    var name = wanted
    var number = takenNames.count
    while !takenNames.insert(name).inserted {
      name = "\(wanted)_\(number)"
      number += 1
    }
    return name
  }

  // MARK: writing

  /// Encodes the model (`ModelProto` of onnx.proto3). The same graph and metadata give the same bytes.
  ///
  /// - Parameters:
  ///   - producerVersion: the version of the converter.
  ///   - metadata: the model's `metadata_props`, which are sorted by key.
  package func serialized(producerVersion: String, metadata: [String: String]) -> [UInt8] {
    var model = ProtobufMessage()
    model.add(1, varint: 8)
    model.add(2, string: "SplitFace")
    model.add(3, string: producerVersion)
    model.add(7, message: message())
    var operatorSet = ProtobufMessage()
    operatorSet.add(1, string: "")
    operatorSet.add(2, varint: 17)
    model.add(8, message: operatorSet)
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      var entry = ProtobufMessage()
      entry.add(1, string: key)
      entry.add(2, string: value)
      model.add(14, message: entry)
    }
    return model.serialized()
  }

  /// The graph as `GraphProto`.
  private func message() -> ProtobufMessage {
    var graph = ProtobufMessage()
    for (index, node) in nodes.enumerated() { graph.add(1, message: node.message(name: "\(node.operation)#\(index)")) }
    graph.add(2, string: name)
    for (name, tensor) in initializers { graph.add(5, message: tensor.message(name: name)) }
    for value in inputs { graph.add(11, message: message(of: value)) }
    for value in outputs { graph.add(12, message: message(of: value)) }
    return graph
  }

  /// An input or output as `ValueInfoProto`.
  private func message(of value: Value) -> ProtobufMessage {
    var shape = ProtobufMessage()
    for dimension in value.shape {
      var axis = ProtobufMessage()
      switch dimension {
      case .fixed(let length): axis.add(1, varint: Int64(length))
      case .free(let name): axis.add(2, string: name)
      }
      shape.add(1, message: axis)
    }
    var tensor = ProtobufMessage()
    tensor.add(1, varint: ONNXTensor.ElementType.float.rawValue)
    tensor.add(2, message: shape)
    var type = ProtobufMessage()
    type.add(1, message: tensor)
    var info = ProtobufMessage()
    info.add(1, string: value.name)
    info.add(2, message: type)
    return info
  }
}
