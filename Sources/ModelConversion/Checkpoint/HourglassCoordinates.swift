/// Adds the 1×1 convolution before each hourglass, which combines the hourglass's input with the coordinates of each pixel.
///
/// The coordinates are the same for every image, so their part of the convolution is a product of constants. Runtimes compute it only once,
/// when they load the network.
struct HourglassCoordinates {
  private let side: Int
  /// The name of the constant with all three coordinate maps, 3 × side².
  private let all: String
  /// The name of the constant with only the two maps of coordinates, without the map of distances, 1×2×side×side.
  private let positions: String

  init(side: Int, _ network: inout NetworkBuilder) {
    let values = CoordinateChannels(side: side).values
    self.side = side
    all = network.graph.constant(values, shape: [3, side * side], name: "coordinates_\(side)")
    positions = network.graph.constant(Array(values.prefix(2 * side * side)), shape: [1, 2, side, side], name: "positions_\(side)")
  }

  /// Adds the convolution before one hourglass.
  ///
  /// - Parameter boundary: the heat maps of the previous stack; nil for the first stack. At pixels where the last of these maps exceeds
  ///   0.05, the layer gets the two coordinates a second time.
  func convolution(
    _ input: NetworkBuilder.Feature, _ layer: String, boundary: NetworkBuilder.Feature?, _ network: inout NetworkBuilder
  ) throws(ConversionError) -> NetworkBuilder.Feature {
    let extra = boundary == nil ? 3 : 5
    let width = input.channels + extra
    let tensor = try network.state.take(layer + ".weight", shape: [nil, width, 1, 1])
    let channels = tensor.shape[0]
    let weights = tensor.floats()
    func columns(_ range: Range<Int>, _ shape: [Int], _ network: inout NetworkBuilder) -> String {
      let values = (0..<channels).flatMap { row in weights[row * width + range.lowerBound..<row * width + range.upperBound] }
      return network.graph.constant(values, shape: [channels, range.count] + shape, name: layer + ".weight")
    }
    let bias = try network.state.take(layer + ".bias", shape: [channels])
    let own = [input.name, columns(0..<input.channels, [1, 1], &network), network.stacked([bias])]
    var result = network.addConvolution(own, kernel: 1, stride: 1, padding: .same(1), groups: 1)
    let fixed = network.graph.add("MatMul", [columns(input.channels..<input.channels + 3, [], &network), all])
    let map = network.graph.add("Reshape", [fixed, network.graph.constant(int64: [1, channels, side, side])])
    result = network.graph.add("Add", [result, map])
    if let boundary {
      let masked = maskedPositions(boundary, &network)
      let seen = network.addConvolution(
        [masked, columns(input.channels + 3..<width, [1, 1], &network)], kernel: 1, stride: 1, padding: .same(1), groups: 1)
      result = network.graph.add("Add", [seen, result])
    }
    return NetworkBuilder.Feature(name: result, channels: channels)
  }

  private func maskedPositions(_ heat: NetworkBuilder.Feature, _ network: inout NetworkBuilder) -> String {
    let bounds = [heat.channels - 1, heat.channels, 1].map { network.graph.constant(int64: [$0], name: "bound") }
    let last = network.graph.add("Slice", [heat.name, bounds[0], bounds[1], bounds[2]])
    let inside = network.graph.add("Greater", [last, network.graph.constant(scalar: 0.05, name: "boundary_threshold")])
    let mask = network.graph.add("Cast", [inside], ["to": .int(Int(ONNXTensor.ElementType.float.rawValue))])
    return network.graph.add("Mul", [positions, mask])
  }
}
