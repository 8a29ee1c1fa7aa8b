/// STAR's stacked hourglasses, as OpenFace 3.0 publishes them: 98 landmarks of a face.
///
/// Architecture: Zhou et al., *STAR Loss: Reducing Semantic Ambiguity in Facial Landmark Detection* (2023), with the stacked
/// hourglass of ADNet (Huang et al., 2021), in the PyTorch form of ZhenglinZhou/STAR (`lib/backbone/stackedHGNetV1.py`). The number of stacks
/// and the depth of the hourglasses are determined from the tensors. Layers that only the landmarks of earlier stacks need are left out.
///
/// Input `image`: N×3×256×256, BGR, value/127.5 − 1. Output `landmarks`: N×98×2, x and y on a grid that runs from −1 at the centre of
/// the first pixel to 1 at the centre of the last one.
enum StarGraph {
  private typealias Feature = NetworkBuilder.Feature
  /// The side of the input in pixels. The stem, including its pooling, reduces it to a quarter.
  private static let side = 256
  private static let mapSide = side / 4

  /// The results of one stack. They are used by the next stack or, after the last stack, to compute the landmarks.
  private struct Maps {
    let feature, heat, points, edges: Feature
  }

  static func build(_ state: StateDictionary) throws(ConversionError) -> ONNXGraph {
    var network = NetworkBuilder(graph: ONNXGraph(name: "STAR"), state: state, epsilon: 1e-5)
    let image = network.graph.input("image", shape: [.batch, 3, .fixed(side), .fixed(side)])
    let stacks = (0..<64).prefix { state.contains("hgs.\($0).coordconv.conv.weight") }.count
    guard stacks > 0 else {
      throw ConversionError(.missing, "tensor hgs.0.coordconv.conv.weight", "it is not in the checkpoint; is this the right network?")
    }
    let coordinates = HourglassCoordinates(side: mapSide, &network)
    var input = try stem(Feature(name: image, channels: 3), &network)
    var maps: Maps?
    for stack in 0..<stacks {
      let positioned = try coordinates.convolution(input, "hgs.\(stack).coordconv.conv", boundary: maps?.heat, &network)
      let hourglass = try hourglass(positioned, "hgs.\(stack)", depth: 0, &network)
      let current = try heads(hourglass, stack, &network)
      if stack < stacks - 1 { input = try merged(input, current, stack, &network) }
      maps = current
    }
    if let maps { try landmarks(maps, &network) }
    try network.state.finish()
    return network.graph
  }

  /// Adds a 7×7 convolution of the image and its coordinates, and a pooling to a quarter of the side.
  private static func stem(_ image: Feature, _ network: inout NetworkBuilder) throws(ConversionError) -> Feature {
    let coordinates = CoordinateChannels(side: side)
    let map = network.graph.constant(coordinates.values, shape: [1, 3, side, side], name: "coordinates_\(side)")
    let input = Feature(name: network.graph.add("Expand", [map, batchShape(image, &network)]), channels: 3)
    let joined = Feature(name: network.graph.add("Concat", [image.name, input.name], ["axis": .int(1)]), channels: 6)
    var feature = try network.convolution(
      joined, "pre.0.conv", kernel: 7, stride: 2, hasBias: true, normalisation: "pre.0.bn", activation: .relu)
    feature = try residual(feature, "pre.1", &network)
    feature = network.maximumPooled(feature)
    feature = try residual(feature, "pre.3", &network)
    return try residual(feature, "pre.4", &network)
  }

  /// Adds the shape N×1×1×1, which is used to repeat a constant for each image of the batch.
  private static func batchShape(_ image: Feature, _ network: inout NetworkBuilder) -> String {
    let batch = network.graph.add("Shape", [image.name], ["start": .int(0), "end": .int(1)])
    return network.graph.add("Concat", [batch, network.graph.constant(int64: [1, 1, 1])], ["axis": .int(0)])
  }

  // MARK: blocks

  /// Adds a residual block with normalisation and ReLU before each convolution (He et al., *Identity Mappings*, 2016).
  private static func residual(
    _ input: Feature, _ name: String, _ network: inout NetworkBuilder
  ) throws(ConversionError) -> Feature {
    var feature = try network.normalised(input, name + ".bn1", activation: .relu)
    feature = try network.convolution(
      feature, name + ".conv1.conv", kernel: 1, hasBias: true, normalisation: name + ".bn2", activation: .relu)
    feature = try network.convolution(
      feature, name + ".conv2.conv", kernel: 3, hasBias: true, normalisation: name + ".bn3", activation: .relu)
    feature = try network.convolution(feature, name + ".conv3.conv", kernel: 1, hasBias: true)
    // The published code creates this layer in every block but uses it only if the numbers of channels differ.
    let skip = name + ".skip_layer.conv"
    guard feature.channels != input.channels else {
      network.state.drop { $0 == skip + ".weight" || $0 == skip + ".bias" }
      return network.sum(feature, input)
    }
    return network.sum(feature, try network.convolution(input, skip, kernel: 1, outputs: feature.channels, hasBias: true))
  }

  private static func hourglass(
    _ input: Feature, _ name: String, depth: Int, _ network: inout NetworkBuilder
  ) throws(ConversionError) -> Feature {
    let upper = try residual(input, name + ".up1", &network)
    let lower = try residual(network.maximumPooled(input), name + ".low1", &network)
    // A side of 64 can be halved six times.
    let nests = depth < 5 && network.state.hasTensors(under: name + ".low2.low1.")
    let middle =
      nests
      ? try hourglass(lower, name + ".low2", depth: depth + 1, &network) : try residual(lower, name + ".low2", &network)
    let last = try residual(middle, name + ".low3", &network)
    guard last.channels == upper.channels else {
      throw ConversionError(
        .misshapen, "tensor \(name).low3.conv3.conv.weight", "it has \(last.channels) output channels instead of \(upper.channels)")
    }
    let scales = network.graph.constant([1, 1, 2, 2], shape: [4], name: "twice")
    let enlarged = network.graph.add("Resize", [last.name, "", scales], NetworkBuilder.nearest)
    return network.sum(upper, Feature(name: enlarged, channels: last.channels))
  }

  // MARK: heads

  private static func heads(_ input: Feature, _ stack: Int, _ network: inout NetworkBuilder) throws(ConversionError) -> Maps {
    var feature = try residual(input, "features.\(stack).0", &network)
    feature = try network.convolution(
      feature, "features.\(stack).1.conv", kernel: 1, hasBias: true, normalisation: "features.\(stack).1.bn", activation: .relu)
    let heat = try network.convolution(feature, "out_heatmaps.\(stack).conv", kernel: 1, hasBias: true)
    let points = try network.convolution(
      feature, "out_pointmaps.\(stack).conv", kernel: 1, outputs: heat.channels, hasBias: true, activation: .sigmoid)
    let edges = try network.convolution(
      feature, "out_edgemaps.\(stack).conv", kernel: 1, hasBias: true, activation: .sigmoid)
    let ones = network.graph.constant([Float](repeating: 1, count: heat.channels), shape: [heat.channels], name: "ones")
    let zeros = network.graph.constant([Float](repeating: 0, count: heat.channels), shape: [heat.channels], name: "zeros")
    let normalised = network.graph.add("InstanceNormalization", [heat.name, ones, zeros], ["epsilon": .float(1e-5)])
    let rectified = Feature(name: network.graph.add("Relu", [normalised]), channels: heat.channels)
    return Maps(feature: feature, heat: rectified, points: points, edges: edges)
  }

  /// Adds the input of the next stack: the sum of this stack's input and results.
  private static func merged(
    _ input: Feature, _ maps: Maps, _ stack: Int, _ network: inout NetworkBuilder
  ) throws(ConversionError) -> Feature {
    var result = input
    for (name, map) in [
      ("merge_features", maps.feature), ("merge_heatmaps", maps.heat), ("merge_pointmaps", maps.points), ("merge_edgemaps", maps.edges),
    ] {
      let layer = "\(name).\(stack).conv"
      result = network.sum(
        try network.convolution(map, layer, kernel: 1, outputs: input.channels, hasBias: true), result)
    }
    return result
  }

  /// Adds the landmarks. Each is the centroid of its heat map, weighted by its point map and by the maps of the edges on which it lies.
  private static func landmarks(_ maps: Maps, _ network: inout NetworkBuilder) throws(ConversionError) {
    let points = maps.heat.channels
    let onEdges = try network.state.take("e2h_transform.weight", shape: [points, maps.edges.channels, 1, 1])
    let bias = try network.state.take("e2h_transform.bias", shape: [points])
    let weights = [network.stacked([onEdges]), network.stacked([bias])]
    let edges = network.addConvolution([maps.edges.name] + weights, kernel: 1, stride: 1, padding: .same(1), groups: 1)
    let mask = network.graph.add("Mul", [edges, maps.points.name])
    let heat = network.graph.add("Mul", [mask, maps.heat.name])
    let flat = network.graph.add("Reshape", [heat, network.graph.constant(int64: [0, points, mapSide * mapSide])])
    // Computes Σ heat, Σ x·heat and Σ y·heat in one matrix product.
    var grid: [Float] = []
    for row in 0..<mapSide {
      for column in 0..<mapSide {
        grid += [1, CoordinateChannels.position(column, of: mapSide), CoordinateChannels.position(row, of: mapSide)]
      }
    }
    let sums = network.graph.add(
      "MatMul", [flat, network.graph.constant(grid, shape: [mapSide * mapSide, 3], name: "grid")])
    let sizes = network.graph.constant(int64: [1, 2], name: "sizes")
    let parts = network.graph.add("Split", [sums, sizes], ["axis": .int(2)], outputCount: 2)
    let smallest = network.graph.constant(scalar: 1e-6, name: "smallest_sum")
    network.graph.add("Div", [parts[1], network.graph.add("Max", [parts[0], smallest])], output: "landmarks")
    network.graph.output("landmarks", shape: [.batch, .fixed(points), 2])
  }
}
