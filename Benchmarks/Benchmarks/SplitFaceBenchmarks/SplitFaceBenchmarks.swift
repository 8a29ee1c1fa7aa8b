import Benchmark
import CAllocations
import FaceNetworks
import FaceTracking
import Foundation
import Imaging
import Inference
import Mirroring
import ModelStore

private let allocations = BenchmarkMetric.custom("Allocations", polarity: .prefersSmaller, useScalingFactor: true)

/// Measures the time and the allocations of `body`, as often as the benchmark's time limit allows.
private func measure(_ benchmark: Benchmark, _ body: () throws -> Void) throws {
  // The first calls fill memory pools and compile networks, so they are not measured.
  for _ in 0..<2 { try body() }
  benchmark.startMeasurement()
  for _ in benchmark.scaledIterations {
    let before = sf_allocation_count()
    try body()
    benchmark.measurement(allocations, Int(sf_allocation_count() - before))
  }
  benchmark.stopMeasurement()
}

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal, allocations], maxDuration: .seconds(2), maxIterations: 200)
  kernels()
  networks()
}

/// Benchmarks the operations on a frame's pixels, at 1920×1080.
@Sendable private func kernels() {
  for degrees in [0.0, 2, 10, 30] {
    Benchmark("reflect both sides, tilted \(Int(degrees))°") { benchmark in
      let (image, axis, pool) = (noiseImage(), axis(tilted: degrees), PixelMemoryPool())
      try measure(benchmark) {
        blackHole(reflect(image, across: axis, keeping: .positive, pool: pool))
        blackHole(reflect(image, across: axis, keeping: .negative, pool: pool))
      }
    }
  }
  for (name, side, scale) in [("multitask network", 224, 2.0), ("face mesh", 256, 2.2), ("RetinaFace", 640, 1.0)] {
    Benchmark("crop for the \(name), \(side)×\(side)") { benchmark in
      let image = noiseImage()
      let map = AffineMap(a: scale, b: 0.02, c: 500.25, d: -0.02, e: scale, f: 200.75)
      let tensor = UnsafeMutableBufferPointer<Float>.allocate(capacity: 3 * side * side)
      defer { tensor.deallocate() }
      try measure(benchmark) {
        sampleCrop(
          from: image, map: map, width: side, height: side, border: .replicate, normalisation: PixelNormalisation(), into: tensor)
      }
    }
  }
  Benchmark("overlay with 478 landmarks") { benchmark in
    let (image, overlay, pool) = (noiseImage(), DebugOverlay(width: 1920, height: 1080), PixelMemoryPool())
    // Points on a spiral stand for a face: they are as many as its landmarks, and cover a similar part of the image.
    let points = (0..<478).map { SIMD3(960 + 250 * cos(Double($0)) * Double($0) / 478, 540 + 300 * sin(Double($0)) * Double($0) / 478, 0) }
    let region = FaceRegion(centre: SIMD2(960, 540), width: 700, height: 700, rotation: 0)
    let mesh = FaceMesh(landmarks: points, presence: 1, region: region)
    let observation = FaceObservation(
      state: .found, mesh: mesh, midline: Midline(glabella: SIMD2(960, 400), chin: SIMD2(980, 700)), quality: 0.9, grade: .good,
      confidence: 1)
    try measure(benchmark) { blackHole(overlay.draw(on: image, observation: observation, frameNumber: 1, timestamp: 0, pool: pool)) }
  }
}

/// Benchmarks every installed network with one image of noise, on one thread, with the provider that jobs would use.
@Sendable private func networks() {
  let store = ModelStore()
  for network in NetworkName.allCases where store.has(network) {
    Benchmark("network \(network.rawValue), one image") { benchmark in
      let runtime = try InferenceRuntime.load()
      let providers = InferenceRuntime.defaultProviders.filter { runtime.availableProviders.contains($0.runtimeName) }
      let session = try InferenceSession(
        modelPath: store.onnx(for: network, actionUnitsOnly: true).path, runtime: runtime,
        configuration: SessionConfiguration(providers: providers, threads: 1))
      let inputs = session.inputs.map { input in
        let shape = input.shape.enumerated().map { axis, length in length ?? (axis == 0 ? 1 : 320) }
        return (input.name, Tensor(shape: shape, scalars: (0..<shape.reduce(1, *)).map { Float($0 % 255) / 255 }))
      }
      let outputs = session.outputs.map(\.name)
      try measure(benchmark) { blackHole(try session.run(inputs, outputs: outputs)) }
    }
  }
}
