// swift-tools-version: 6.2
import PackageDescription

/// Benchmarks of the pixel kernels and the networks, which also count allocations (`make bench`). They are a separate package so that users
/// of SplitFace do not build them.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "SplitFace", path: ".."),
    // The traits are left out, because their allocation counters need packages that few machines have. CAllocations counts allocations.
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
