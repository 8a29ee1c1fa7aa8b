import FaceNetworks
import FaceTestSupport
import Foundation
import Imaging
import Inference
import ModelConversion
import Testing

/// Checks that networks with a fixed batch, which exported models often have, give the same results as those with a free batch.
@Suite(InstalledFaceNetworks.trait) struct FixedBatchTests {
  /// A network with the shapes of STAR, which returns the first 196 values of the image.
  private func star(batch: ONNXGraph.Dimension) throws -> StarLandmarker {
    var graph = ONNXGraph(name: "star")
    let picture = graph.input("picture", shape: [batch, 3, 256, 256])
    let flat = graph.add("Flatten", [picture], ["axis": .int(1)])
    let first = graph.add("Slice", [flat, graph.constant(int64: [0]), graph.constant(int64: [196]), graph.constant(int64: [1])])
    graph.add("Reshape", [first, graph.constant(int64: [-1, 98, 2])], output: "points")
    graph.output("points", shape: [batch, 98, 2])
    return try StarLandmarker(
      session: InferenceSession(
        model: graph.serialized(producerVersion: "1", metadata: [:]), name: "star", runtime: .load(),
        configuration: SessionConfiguration(providers: [.cpu])))
  }

  @Test func aFixedBatchChangesNoLandmarks() throws {
    let image = try Pictures.shared("single_face.jpg")
    let faces = (0..<3).map { index in
      (image: image, box: FaceBox(minX: 50 + 20 * Double(index), minY: 40, maxX: 250 + 30 * Double(index), maxY: 260))
    }
    let together = try star(batch: .batch).run(on: faces)
    #expect(Set(together.map { "\($0)" }).count == 3)
    for batch: ONNXGraph.Dimension in [1, 2] { #expect(try star(batch: batch).run(on: faces) == together) }
    #expect(try star(batch: 1).run(on: []).isEmpty)
  }

  @Test func aFixedBatchChangesNoBlendshapes() throws {
    let networks = try InstalledFaceNetworks.networks()
    let faces = try ["obama.jpg", "single_face.jpg", "astronaut.png"].map { name in
      let image = try Pictures.shared(name)
      let region = try #require(try networks.detector.detect(in: image, maximumFaces: 1).first).region
      return try networks.mesh.run(on: [(image, region)])[0].points
    }
    let together = try InstalledFaceNetworks.blendshapes(batch: 3).run(on: faces)
    for batch in [1, 2] {
      let fixed = try InstalledFaceNetworks.blendshapes(batch: batch).run(on: faces)
      // Kernels add in another order for another batch size: differences of 1.3e-5 were observed.
      for (one, other) in zip(together, fixed) { #expect(zip(one, other).allSatisfy { abs($0 - $1) < 1e-4 }) }
      #expect(fixed.count == 3)
    }
  }
}
