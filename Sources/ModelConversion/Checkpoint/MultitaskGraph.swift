/// OpenFace 3.0's multitask network: EfficientNet-B0 with branches for emotion, gaze and Action Units.
///
/// Architecture: the backbone is `tf_efficientnet_b0_ns` of timm (Tan and Le, *EfficientNet*, 2019, with TensorFlow's SAME padding). The
/// branches and the graph head are those of OpenFace 3.0's `model/MTL.py` and `model/AU_model.py` (the head is that of Luo et al.,
/// *Learning Multi-dimensional Edge Feature-based AU Relation Graph*, 2022). Here the eight linear layers of the units are joined into one,
/// and so are the two linear layers of the graph layer. The batch normalisation of the graph layer becomes two constants per unit.
///
/// Input `image`: N×3×224×224, RGB, ImageNet-normalised. Outputs: `emotion` N×8 (logits), `gaze` N×2 (yaw, pitch, radians), `au` N×8
/// (cosines, 0…1). With `actionUnitsOnly` the only output is `au`.
enum MultitaskGraph {
  private typealias Feature = NetworkBuilder.Feature
  /// The side of the input in pixels. Padding depends on it.
  private static let side = 224
  /// The ε of batch normalisation. timm's `tf_efficientnet` models use TensorFlow's value.
  private static let epsilon = 1e-3
  /// For each stage: the kernel, the stride of the first block, and the number of blocks (EfficientNet-B0, table 1 of the paper).
  private static let stages = [(3, 1, 1), (3, 2, 2), (5, 2, 2), (3, 2, 3), (5, 1, 3), (5, 2, 4), (3, 1, 1)]

  static func build(_ state: StateDictionary, actionUnitsOnly: Bool) throws(ConversionError) -> ONNXGraph {
    var network = NetworkBuilder(graph: ONNXGraph(name: "OpenFace multitask"), state: state, epsilon: epsilon)
    let image = network.graph.input("image", shape: [.batch, 3, .fixed(side), .fixed(side)])
    let features = try backbone(Feature(name: image, channels: 3), &network)
    if actionUnitsOnly {
      let others = ["fc_emotion.", "emotion_classifier.", "fc_gaze.", "gaze_regressor."]
      network.state.drop { name in others.contains { name.hasPrefix($0) } }
    } else {
      try branch(features, "fc_emotion", "emotion_classifier", outputs: nil, named: "emotion", &network)
      try branch(features, "fc_gaze", "gaze_regressor", outputs: 2, named: "gaze", &network)
    }
    let units = try network.linear(features, "fc_au", outputs: features.channels, activation: .relu)
    try ActionUnitHead.add(units, &network)
    try network.state.finish()
    return network.graph
  }

  private static func branch(
    _ features: Feature, _ hidden: String, _ last: String, outputs: Int?, named name: String, _ network: inout NetworkBuilder
  ) throws(ConversionError) {
    let feature = try network.linear(features, hidden, outputs: features.channels, activation: .relu)
    let result = try network.linear(feature, last, outputs: outputs, output: name)
    network.graph.output(name, shape: [.batch, .fixed(result.channels)])
  }

  // MARK: EfficientNet

  private static func backbone(_ image: Feature, _ network: inout NetworkBuilder) throws(ConversionError) -> Feature {
    let model = "base_model."
    var side = side
    var feature = try convolution(image, model + "conv_stem", kernel: 3, stride: 2, side: &side, normalisation: model + "bn1", &network)
    for (stage, (kernel, firstStride, count)) in stages.enumerated() {
      for index in 0..<count {
        let stride = index == 0 ? firstStride : 1
        let block = "\(model)blocks.\(stage).\(index)."
        feature = try self.block(feature, block, expands: stage > 0, kernel: kernel, stride: stride, side: &side, &network)
      }
    }
    feature = try network.convolution(
      feature, model + "conv_head", kernel: 1, normalisation: model + "bn2", activation: .swish)
    let pooled = network.graph.add("GlobalAveragePool", [feature.name])
    return Feature(name: network.graph.add("Flatten", [pooled], ["axis": .int(1)]), channels: feature.channels)
  }

  /// Adds an inverted residual block, which widens its input, convolves each channel, weights the channels, and narrows the result. The
  /// block of the first stage does not widen.
  private static func block(
    _ input: Feature, _ name: String, expands: Bool, kernel: Int, stride: Int, side: inout Int, _ network: inout NetworkBuilder
  ) throws(ConversionError) -> Feature {
    var feature = input
    if expands {
      feature = try network.convolution(
        feature, name + "conv_pw", kernel: 1, normalisation: name + "bn1", activation: .swish)
    }
    feature = try convolution(
      feature, name + "conv_dw", kernel: kernel, stride: stride, side: &side, depthwise: true,
      normalisation: name + (expands ? "bn2" : "bn1"), &network)
    feature = try squeezeExcite(feature, name + "se.", &network)
    feature = try network.convolution(
      feature, name + (expands ? "conv_pwl" : "conv_pw"), kernel: 1, normalisation: name + (expands ? "bn3" : "bn2"))
    return stride == 1 && feature.channels == input.channels ? network.sum(feature, input) : feature
  }

  private static func squeezeExcite(
    _ input: Feature, _ name: String, _ network: inout NetworkBuilder
  ) throws(ConversionError) -> Feature {
    let pooled = Feature(name: network.graph.add("GlobalAveragePool", [input.name]), channels: input.channels)
    let reduced = try network.convolution(pooled, name + "conv_reduce", kernel: 1, hasBias: true, activation: .swish)
    let gate = try network.convolution(
      reduced, name + "conv_expand", kernel: 1, outputs: input.channels, hasBias: true, activation: .sigmoid)
    return Feature(name: network.graph.add("Mul", [input.name, gate.name]), channels: input.channels)
  }

  /// Adds a convolution with TensorFlow's SAME padding. The side of the result is ⌈side / stride⌉. If the padding is odd, the extra row or
  /// column is at the end.
  private static func convolution(
    _ input: Feature, _ layer: String, kernel: Int, stride: Int, side: inout Int, depthwise: Bool = false, normalisation: String,
    _ network: inout NetworkBuilder
  ) throws(ConversionError) -> Feature {
    let result = (side + stride - 1) / stride
    let total = max(0, (result - 1) * stride + kernel - side)
    side = result
    return try network.convolution(
      input, layer, kernel: kernel, stride: stride,
      padding: NetworkBuilder.Padding(before: total / 2, after: total - total / 2), depthwise: depthwise, normalisation: normalisation,
      activation: .swish)
  }
}
