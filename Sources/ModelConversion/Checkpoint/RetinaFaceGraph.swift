/// RetinaFace with MobileNetV1×0.25, as OpenFace 3.0 publishes it.
///
/// Architecture: Deng et al., *RetinaFace: Single-stage Dense Face Localisation in the Wild* (2019), in the PyTorch form of
/// biubug6/Pytorch_Retinaface (`models/net.py`, `models/retinaface.py`). Here the three heads of each level are joined into one
/// convolution.
///
/// Input `image`: N×3×H×W, BGR minus (104, 117, 123), any H and W. Outputs for A anchors (two per cell of the maps with steps of 8, 16 and
/// 32 pixels, row by row): `loc` N×A×4, `conf` N×A×2 (softmax: background, face), `landms` N×A×10.
enum RetinaFaceGraph {
  private typealias Feature = NetworkBuilder.Feature
  private static let backboneSlope: NetworkBuilder.Activation = .leakyRelu(0.1)
  private static let stages: [(name: String, strides: [Int])] = [
    ("body.stage1", [2, 1, 2, 1, 2, 1]), ("body.stage2", [2, 1, 1, 1, 1, 1]), ("body.stage3", [2, 1]),
  ]

  static func build(_ state: StateDictionary) throws(ConversionError) -> ONNXGraph {
    var network = NetworkBuilder(graph: ONNXGraph(name: "RetinaFace"), state: state, epsilon: 1e-5)
    let image = network.graph.input("image", shape: [.batch, 3, .free("height"), .free("width")])
    let maps = try backbone(Feature(name: image, channels: 3), &network)
    let pyramid = try featurePyramid(maps, &network)
    try heads(pyramid, &network)
    try network.state.finish()
    return network.graph
  }

  private static func backbone(_ image: Feature, _ network: inout NetworkBuilder) throws(ConversionError) -> [Feature] {
    var feature = image
    var maps: [Feature] = []
    for (stage, strides) in stages {
      for (index, stride) in strides.enumerated() {
        let block = "\(stage).\(index)"
        if stage == "body.stage1", index == 0 {
          feature = try network.convolution(
            feature, block + ".0", kernel: 3, stride: stride, normalisation: block + ".1", activation: backboneSlope)
        } else {
          feature = try network.convolution(
            feature, block + ".0", kernel: 3, stride: stride, depthwise: true, normalisation: block + ".1", activation: backboneSlope)
          feature = try network.convolution(
            feature, block + ".3", kernel: 1, normalisation: block + ".4", activation: backboneSlope)
        }
      }
      maps.append(feature)
    }
    return maps
  }

  /// Returns the activation, which the published code chooses by the number of channels.
  private static func activation(width: Int) -> NetworkBuilder.Activation { width <= 64 ? .leakyRelu(0.1) : .relu }

  /// Adds three levels with equal numbers of channels, finest first. Each is merged with the coarser levels and followed by a context
  /// module (SSH).
  private static func featurePyramid(_ maps: [Feature], _ network: inout NetworkBuilder) throws(ConversionError) -> [Feature] {
    guard let width = network.state.shape(of: "fpn.output1.0.weight")?.first else {
      throw ConversionError(.missing, "tensor fpn.output1.0.weight", "it is not in the checkpoint; is this the right network?")
    }
    let activation = activation(width: width)
    var levels: [Feature] = []
    for (index, map) in maps.enumerated() {
      let layer = "fpn.output\(index + 1)"
      levels.append(
        try network.convolution(
          map, layer + ".0", kernel: 1, outputs: width, normalisation: layer + ".1", activation: activation))
    }
    for finer in [1, 0] {
      let merged = network.sum(levels[finer], enlarged(levels[finer + 1], like: levels[finer], &network))
      let layer = "fpn.merge\(finer + 1)"
      levels[finer] = try network.convolution(
        merged, layer + ".0", kernel: 3, outputs: width, normalisation: layer + ".1", activation: activation)
    }
    var contexts: [Feature] = []
    for (index, level) in levels.enumerated() { contexts.append(try context(level, "ssh\(index + 1)", activation, &network)) }
    return contexts
  }

  /// Adds a nearest-neighbour up-sampling to the finer map's size, which is not always twice the coarser map's.
  private static func enlarged(_ coarse: Feature, like fine: Feature, _ network: inout NetworkBuilder) -> Feature {
    let leading = network.graph.add("Shape", [coarse.name], ["start": .int(0), "end": .int(2)])
    let size = network.graph.add("Shape", [fine.name], ["start": .int(2), "end": .int(4)])
    let shape = network.graph.add("Concat", [leading, size], ["axis": .int(0)])
    return Feature(name: network.graph.add("Resize", [coarse.name, "", "", shape], NetworkBuilder.nearest), channels: coarse.channels)
  }

  /// Adds SSH's context module: parallel convolutions with fields of view of 3, 5 and 7 pixels, whose results are concatenated. The
  /// published code applies the ReLU after the concatenation, which gives the same result.
  private static func context(
    _ level: Feature, _ name: String, _ activation: NetworkBuilder.Activation, _ network: inout NetworkBuilder
  ) throws(ConversionError) -> Feature {
    func convolution(
      _ input: Feature, _ layer: String, _ outputs: Int, _ activation: NetworkBuilder.Activation
    ) throws(ConversionError) -> Feature {
      try network.convolution(
        input, "\(name).\(layer).0", kernel: 3, outputs: outputs, normalisation: "\(name).\(layer).1", activation: activation)
    }
    let width = level.channels
    let three = try convolution(level, "conv3X3", width / 2, .relu)
    let shared = try convolution(level, "conv5X5_1", width / 4, activation)
    let five = try convolution(shared, "conv5X5_2", width / 4, .relu)
    let seven = try convolution(try convolution(shared, "conv7X7_2", width / 4, activation), "conv7x7_3", width / 4, .relu)
    let joined = network.graph.add("Concat", [three.name, five.name, seven.name], ["axis": .int(1)])
    return Feature(name: joined, channels: three.channels + five.channels + seven.channels)
  }

  private static func heads(_ levels: [Feature], _ network: inout NetworkBuilder) throws(ConversionError) {
    let anchors = max(1, (network.state.shape(of: "BboxHead.0.conv1x1.weight")?.first ?? 0) / 4)
    let widths = [anchors * 4, anchors * 2, anchors * 10]
    var cells: [String] = []
    for (index, level) in levels.enumerated() {
      let layers = ["BboxHead", "ClassHead", "LandmarkHead"].map { "\($0).\(index).conv1x1" }
      let map = try network.pointwise(level, stacking: layers, outputs: widths)
      let rows = network.graph.add("Transpose", [map.name], ["perm": .ints([0, 2, 3, 1])])
      cells.append(network.graph.add("Reshape", [rows, network.graph.constant(int64: [0, -1, map.channels])]))
    }
    let all = network.graph.add("Concat", cells, ["axis": .int(1)])
    let sizes = network.graph.constant(int64: widths, name: "head_sizes")
    let parts = network.graph.add("Split", [all, sizes], ["axis": .int(2)], outputCount: 3)
    let shape = { (width: Int, network: inout NetworkBuilder) in network.graph.constant(int64: [0, -1, width]) }
    network.graph.add("Reshape", [parts[0], shape(4, &network)], output: "loc")
    let scores = network.graph.add("Reshape", [parts[1], shape(2, &network)])
    network.graph.add("Softmax", [scores], ["axis": .int(2)], output: "conf")
    network.graph.add("Reshape", [parts[2], shape(10, &network)], output: "landms")
    for (name, width) in [("loc", 4), ("conf", 2), ("landms", 10)] {
      network.graph.output(name, shape: [.batch, .free("anchors"), .fixed(width)])
    }
  }
}
