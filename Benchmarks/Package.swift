// swift-tools-version: 6.2
import PackageDescription

/// Times of the kernels and the networks, with counts of allocations. A package of its own, so that users don't build it: `make bench`.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "SplitFace", path: ".."),
    // Without its traits: its interposers are packages that few machines have, and C's allocator is counted here.
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
