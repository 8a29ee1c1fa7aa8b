// swift-tools-version: 6.2
import PackageDescription

/// A development tool. It is a separate package so that users don't build it. To run it:
/// `swift run -c release --package-path Tools/parity/openface parity`.
let package = Package(
  name: "parity",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "SplitFace", path: "../../..")],
  targets: [
    .executableTarget(name: "parity", dependencies: [.product(name: "SplitFace", package: "SplitFace")])
  ]
)
