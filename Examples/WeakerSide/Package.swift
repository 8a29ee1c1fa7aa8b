// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "WeakerSide",
  platforms: [.macOS(.v15)],
  // In your own package: .package(url: …, from: "0.2.0")
  dependencies: [.package(name: "SplitFace", path: "../..")],
  targets: [.executableTarget(name: "WeakerSide", dependencies: [.product(name: "SplitFace", package: "SplitFace")])]
)
