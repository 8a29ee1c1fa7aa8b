/// Adds the layers of a PyTorch network to a graph as ONNX nodes.
///
/// Takes each layer's tensors out of the state dictionary, checks their shapes, and folds batch normalisation into the convolution before it.
struct NetworkBuilder {
  /// A value of the graph whose axis 1 contains the channels.
  struct Feature {
    let name: String
    let channels: Int
  }

  /// A batch normalisation as PyTorch runs it after training: y = scale·x + shift, channel by channel.
  struct Normalisation {
    let scale: [Double]
    let shift: [Double]
  }

  enum Activation {
    case none, relu
    case leakyRelu(Float)
    /// x·sigmoid(x), added as these two operators, which OpenVINO and ONNX Runtime recognise and run as one.
    case swish
    case sigmoid
  }

  /// The numbers of rows and columns of zeros before and after an image.
  struct Padding {
    var before: Int
    var after: Int
    static func same(_ kernel: Int) -> Padding { Padding(before: kernel / 2, after: kernel / 2) }
  }

  var graph: ONNXGraph
  var state: StateDictionary
  /// The ε of batch normalisation.
  let epsilon: Double

  // MARK: constants

  /// Takes out the batch normalisation whose tensors are `name.weight`, `name.bias`, `name.running_mean` and `name.running_var`.
  mutating func normalisation(_ name: String, channels: Int, epsilon: Double? = nil) throws(ConversionError) -> Normalisation {
    let weight = try state.take(name + ".weight", shape: [channels]).floats()
    let bias = try state.take(name + ".bias", shape: [channels]).floats()
    let mean = try state.take(name + ".running_mean", shape: [channels]).floats()
    let variance = try state.take(name + ".running_var", shape: [channels]).floats()
    let scale = (0..<channels).map { Double(weight[$0]) / (Double(variance[$0]) + (epsilon ?? self.epsilon)).squareRoot() }
    return Normalisation(scale: scale, shift: (0..<channels).map { Double(bias[$0]) - Double(mean[$0]) * scale[$0] })
  }

  /// Adds a constant that consists of the rows of several tensors, one tensor after the other, and returns its name. The constant is named
  /// after the first tensor.
  ///
  /// - Parameters:
  ///   - tensors: tensors whose rows have the same shape.
  ///   - rowScale: a factor for each row.
  mutating func stacked(_ tensors: [CheckpointTensor], rowScale: [Double]? = nil) -> String {
    var shape = tensors[0].shape
    shape[0] = tensors.reduce(0) { $0 + $1.shape[0] }
    let rowLength = tensors[0].count / tensors[0].shape[0]
    let tensor = ONNXTensor(shape: shape) { values in
      var start = 0
      for tensor in tensors {
        tensor.write(to: UnsafeMutableBufferPointer(rebasing: values[start..<start + tensor.count]))
        start += tensor.count
      }
      guard let rowScale else { return }
      for (row, scale) in rowScale.enumerated() {
        for index in row * rowLength..<(row + 1) * rowLength { values[index] = Float(Double(values[index]) * scale) }
      }
    }
    return graph.constant(tensor, name: tensors[0].name)
  }

  // MARK: convolutions

  /// Adds a convolution, with its batch normalisation and activation.
  ///
  /// - Parameters:
  ///   - layer: the layer's name. `layer.weight` has the shape out × in × k × k (out × 1 × k × k if `depthwise`). If `hasBias`,
  ///     `layer.bias` is the bias.
  ///   - outputs: the number of output channels; if nil, the tensor determines it.
  ///   - normalisation: the name of the batch normalisation that follows and is folded into the convolution.
  mutating func convolution(
    _ input: Feature, _ layer: String, kernel: Int, stride: Int = 1, padding: Padding? = nil, depthwise: Bool = false,
    outputs: Int? = nil, hasBias: Bool = false, normalisation: String? = nil, activation: Activation = .none
  ) throws(ConversionError) -> Feature {
    let outputs = depthwise ? input.channels : outputs
    let weight = try state.take(layer + ".weight", shape: [outputs, depthwise ? 1 : input.channels, kernel, kernel])
    let channels = weight.shape[0]
    var bias: [Float]? = hasBias ? try state.take(layer + ".bias", shape: [channels]).floats() : nil
    var scale: [Double]?
    if let normalisation {
      let normalisation = try self.normalisation(normalisation, channels: channels)
      scale = normalisation.scale
      bias = (0..<channels).map { Float(Double(bias?[$0] ?? 0) * normalisation.scale[$0] + normalisation.shift[$0]) }
    }
    var inputs = [input.name, stacked([weight], rowScale: scale)]
    if let bias { inputs.append(graph.constant(bias, shape: [channels], name: layer + ".bias")) }
    let name = addConvolution(
      inputs, kernel: kernel, stride: stride, padding: padding ?? .same(kernel), groups: depthwise ? channels : 1)
    return Feature(name: activated(name, activation), channels: channels)
  }

  /// Adds one 1×1 convolution that does the work of several with the same input. Its output channels are those of the first of `layers`,
  /// then those of the second, and so on.
  mutating func pointwise(_ input: Feature, stacking layers: [String], outputs: [Int?]) throws(ConversionError) -> Feature {
    var weights: [CheckpointTensor] = []
    var bias: [Float] = []
    for (layer, outputs) in zip(layers, outputs) {
      let weight = try state.take(layer + ".weight", shape: [outputs, input.channels, 1, 1])
      weights.append(weight)
      bias += try state.take(layer + ".bias", shape: [weight.shape[0]]).floats()
    }
    let constants = [stacked(weights), graph.constant(bias, shape: [bias.count], name: layers[0] + ".bias")]
    let name = addConvolution([input.name] + constants, kernel: 1, stride: 1, padding: .same(1), groups: 1)
    return Feature(name: name, channels: bias.count)
  }

  /// Adds a `Conv` node and returns the name of its output.
  ///
  /// - Parameter inputs: the names of the input, the weight and, if there is one, the bias.
  mutating func addConvolution(_ inputs: [String], kernel: Int, stride: Int, padding: Padding, groups: Int) -> String {
    graph.add(
      "Conv", inputs,
      [
        "kernel_shape": .ints([kernel, kernel]), "strides": .ints([stride, stride]), "group": .int(groups),
        "pads": .ints([padding.before, padding.before, padding.after, padding.after]), "dilations": .ints([1, 1]),
      ])
  }

  // MARK: other layers

  /// Adds a `Linear` layer. `layer.weight` has the shape out × in.
  mutating func linear(
    _ input: Feature, _ layer: String, outputs: Int? = nil, activation: Activation = .none, output: String? = nil
  ) throws(ConversionError) -> Feature {
    try linear(input, stacking: [layer], outputs: outputs, activation: activation, output: output)
  }

  /// Adds one layer that does the work of several `Linear` layers with the same input. Its outputs are those of the first of `layers`, then
  /// those of the second, and so on.
  mutating func linear(
    _ input: Feature, stacking layers: [String], outputs: Int?, activation: Activation = .none, output: String? = nil
  ) throws(ConversionError) -> Feature {
    var weights: [CheckpointTensor] = []
    var bias: [Float] = []
    for layer in layers {
      let weight = try state.take(layer + ".weight", shape: [outputs, input.channels])
      weights.append(weight)
      bias += try state.take(layer + ".bias", shape: [weight.shape[0]]).floats()
    }
    let constants = [stacked(weights), graph.constant(bias, shape: [bias.count], name: layers[0] + ".bias")]
    let name = graph.add("Gemm", [input.name] + constants, ["transB": .int(1)], output: output)
    return Feature(name: activated(name, activation), channels: bias.count)
  }

  /// Adds a batch normalisation as a node of its own. It cannot be folded into the convolution before it, because its input is used
  /// elsewhere too.
  mutating func normalised(_ input: Feature, _ layer: String, activation: Activation = .none) throws(ConversionError) -> Feature {
    var constants: [String] = []
    for part in [".weight", ".bias", ".running_mean", ".running_var"] {
      constants.append(stacked([try state.take(layer + part, shape: [input.channels])]))
    }
    let name = graph.add("BatchNormalization", [input.name] + constants, ["epsilon": .float(Float(epsilon))])
    return Feature(name: activated(name, activation), channels: input.channels)
  }

  mutating func activated(_ name: String, _ activation: Activation) -> String {
    switch activation {
    case .none: name
    case .relu, .leakyRelu(0): graph.add("Relu", [name])
    case .leakyRelu(let slope): graph.add("LeakyRelu", [name], ["alpha": .float(slope)])
    case .swish: graph.add("Mul", [name, graph.add("Sigmoid", [name])])
    case .sigmoid: graph.add("Sigmoid", [name])
    }
  }

  mutating func sum(_ first: Feature, _ second: Feature) -> Feature {
    Feature(name: graph.add("Add", [first.name, second.name]), channels: first.channels)
  }

  /// Adds a maximum pooling of 2×2 with stride 2.
  mutating func maximumPooled(_ input: Feature) -> Feature {
    let attributes: [String: ONNXAttribute] = ["kernel_shape": .ints([2, 2]), "strides": .ints([2, 2])]
    return Feature(name: graph.add("MaxPool", [input.name], attributes), channels: input.channels)
  }

  /// The attributes of PyTorch's nearest-neighbour up-sampling: output index i reads input index ⌊i·(size in / size out)⌋.
  static let nearest: [String: ONNXAttribute] = [
    "mode": .string("nearest"), "coordinate_transformation_mode": .string("asymmetric"), "nearest_mode": .string("floor"),
  ]
}

extension ONNXTensor {
  /// Creates a Float32 tensor whose values are written by `initialise`. Their bytes need no reordering, because every supported platform is
  /// little-endian.
  init(shape: [Int], initialise: (UnsafeMutableBufferPointer<Float>) -> Void) {
    let count = shape.reduce(1, *)
    self.elementType = .float
    self.shape = shape
    self.rawData = [UInt8](unsafeUninitializedCapacity: 4 * count) { buffer, initialised in
      UnsafeMutableRawBufferPointer(buffer).withMemoryRebound(to: Float.self) { initialise($0) }
      initialised = 4 * count
    }
  }
}
