// swift-tools-version: 6.2
import PackageDescription

/// The settings of all Swift targets. The tools version implies Swift 6 mode; these features make dependencies between modules explicit.
let strict: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    // Scripts/swift.sh turns warnings into errors; a user's newer compiler, which may have more of them, must not.
  ] + (Context.environment["SPLITFACE_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// Links Swift's libraries statically into the program, on Linux. The program then starts faster and runs on machines without Swift, but it
/// is larger, and a crash prints no backtrace.
///
/// SwiftPM refuses to depend on packages that use unsafe flags, so they are used only on request by Scripts/swift.sh, which checks that the
/// toolchain has the archives. The libraries that Foundation's archives need are listed, because modules compiled against the shared
/// libraries do not name them. The linker is lld, since gold warns about Foundation's use of `mktemp`.
let programLinkerSettings: [LinkerSetting] =
  Context.environment["SPLITFACE_STATIC"] == nil
  ? []
  : [
    .unsafeFlags(
      [
        "-static-stdlib", "-use-ld=lld", "-lFoundation", "-lCoreFoundation", "-lFoundationInternationalization", "-lFoundationEssentials",
        "-l_FoundationCShims", "-l_FoundationCollections", "-l_FoundationICU",
      ], .when(platforms: [.linux]))
  ]

let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// Makes a library module and its tests. Modules are listed from the bottom up and may depend only on modules above them in the list.
func module(
  _ name: String, _ modules: [String] = [], external: [Target.Dependency] = [], resources: [Resource]? = nil, testing: [String] = [],
  testResources: [Resource] = []
) -> [Target] {
  [
    .target(
      name: name, dependencies: modules.map { .byName(name: $0) } + external, resources: resources, swiftSettings: strict),
    .testTarget(
      name: name + "Tests", dependencies: ([name, "TestSupport"] + modules + testing).map { .byName(name: $0) },
      resources: testResources, swiftSettings: strict),
  ]
}

let package = Package(
  name: "SplitFace",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "SplitFace", targets: ["SplitFace"]),
    .executable(name: "splitface", targets: ["splitface-command"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
  ],
  targets: [
    .target(name: "CONNXRuntime"),
    .target(name: "CMalloc"),
    .target(name: "CKernels"),
    .systemLibrary(
      name: "CFFmpegLibraries", pkgConfig: "libavformat libavcodec libavutil libswscale libswresample",
      providers: [
        .apt(["libavformat-dev", "libavcodec-dev", "libavutil-dev", "libswscale-dev", "libswresample-dev"]), .brew(["ffmpeg"]),
      ]),
    .target(name: "CFFmpeg", dependencies: ["CFFmpegLibraries"]),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .target(
      name: "FaceTestSupport", dependencies: ["TestSupport", "FaceNetworks", "Inference", "ModelConversion", "VideoIO", "Imaging"],
      path: "Tests/FaceTestSupport", swiftSettings: strict),
  ]
    + module("Imaging", ["CKernels"])
    + module("OutputFiles")
    + module("Inference", ["CONNXRuntime"], external: [log])
    + module("ModelConversion", testing: ["Inference"], testResources: [.copy("Fixtures")])
    + module("Measures", ["OutputFiles"])
    + module("VideoIO", ["CFFmpeg", "OutputFiles", "Imaging"], external: [deque], testResources: [.copy("Fixtures")])
    + module("FaceNetworks", ["Inference", "Imaging"], testing: ["FaceTestSupport", "ModelConversion"])
    + module("ModelStore", ["ModelConversion", "OutputFiles"], external: [crypto, log])
    + module("FaceTracking", ["FaceNetworks", "Imaging"], testing: ["FaceTestSupport", "VideoIO"])
    + module("Mirroring", ["FaceTracking", "FaceNetworks", "Imaging"])
    + module(
      "ActionUnits", ["Measures", "FaceTracking", "FaceNetworks", "Inference", "Imaging"],
      testing: ["FaceTestSupport", "ModelConversion", "VideoIO"])
    + module(
      "Report", ["Measures", "OutputFiles", "FaceTracking", "FaceNetworks", "Imaging"],
      // Embedded in the program, which therefore stays a single file.
      resources: [.embedInCode("Resources/page.css"), .embedInCode("Resources/report.js")],
      testing: ["ActionUnits", "VideoIO"], testResources: [.copy("Fixtures")])
    + module("Results", ["Measures", "ActionUnits", "ModelStore", "VideoIO"], testResources: [.copy("Fixtures")])
    + module(
      "SplitFace",
      [
        "Report", "Results", "Measures", "ActionUnits", "Mirroring", "FaceTracking", "ModelStore", "FaceNetworks", "VideoIO", "Inference",
        "OutputFiles", "Imaging", "CMalloc",
      ],
      external: [log, deque], testing: ["FaceTestSupport"])
    + module(
      "Benchmarking",
      ["SplitFace", "Results", "Measures", "ActionUnits", "FaceTracking", "FaceNetworks", "ModelStore", "VideoIO", "Inference", "Imaging"])
    + [
      .executableTarget(
        name: "splitface-command",
        dependencies: [
          "Benchmarking", "SplitFace", "Results", "Measures", "OutputFiles", "ActionUnits", "FaceNetworks", "ModelStore", "Inference",
          "VideoIO",
          arguments,
          log,
        ],
        path: "Sources/splitface-command",
        swiftSettings: strict, linkerSettings: programLinkerSettings),
      // The example's own package would build everything a second time. Here it is built with the tests; it is not a product.
      .executableTarget(
        name: "WeakerSide", dependencies: ["SplitFace", "Results", "Measures"], path: "Examples/WeakerSide/Sources/WeakerSide",
        swiftSettings: strict),
      .testTarget(
        name: "CommandTests",
        dependencies: [
          "Benchmarking", "SplitFace", "Results", "ModelStore", "ModelConversion", "FaceTestSupport", "TestSupport", "VideoIO", "Imaging",
        ],
        swiftSettings: strict),
    ]
    // Only for Fuzz/run.sh: it needs libFuzzer, which Apple's toolchains lack, and uses package declarations of the modules.
    + (Context.environment["SPLITFACE_FUZZ"] == nil
      ? []
      : [
        .executableTarget(
          name: "Fuzz", dependencies: ["ModelConversion", "Measures", "Report", "VideoIO"], path: "Fuzz/Sources", swiftSettings: strict)
      ])
)
