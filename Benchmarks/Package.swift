// swift-tools-version: 6.2
import PackageDescription

/// Benchmarks of the kernels and the networks, with counts of allocations (`make bench`). It is a separate package so that users don't
/// build it.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "SplitFace", path: ".."),
    // Without its traits, whose allocation counters need packages that few machines have. CAllocations counts allocations instead.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.0", traits: []),
  ],
  targets: [
    .target(name: "CAllocations"),
    .executableTarget(
      name: "SplitFaceBenchmarks",
      dependencies: [
        "CAllocations", .product(name: "SplitFace", package: "SplitFace"), .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/SplitFaceBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ]
)
