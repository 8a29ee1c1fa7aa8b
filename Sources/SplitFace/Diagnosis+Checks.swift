import Foundation
import Inference
import Measures
import ModelStore
import Results
import VideoIO

extension Diagnosis {
  static var machine: Section {
    let process = ProcessInfo.processInfo
    #if arch(x86_64)
      let architecture = "x86-64"
    #elseif arch(arm64)
      let architecture = "arm64"
    #else
      let architecture = "another processor"
    #endif
    let memory = DecimalText.text(Double(process.physicalMemory) / 1e9, decimals: 1)
    return Section(
      title: "Machine",
      lines: [
        Line(.note, "SplitFace \(SplitFaceVersion.current)"),
        Line(
          .note, "\(process.operatingSystemVersionString), \(architecture), \(process.activeProcessorCount) cores, \(memory) GB of memory"),
      ])
  }

  static var video: Section {
    let libraries = FFmpegLibraries.versions.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
    let encoders = VideoEncoders.usable()
    var lines = [Line(.good, "FFmpeg \(FFmpegLibraries.release): \(libraries)")]
    lines += encoders.map { encoder in
      encoder.works
        ? Line(.good, "encoder \(encoder.name) works")
        : Line(.absent, "encoder \(encoder.name): \(oneLine(encoder.reason ?? "does not work"))")
    }
    if !encoders.contains(where: \.works) {
      lines.append(Line(.missing, "no H.264 encoder works", remedy: .installEncoder))
    }
    return Section(title: "Video", lines: lines)
  }

  static func inference(_ runtime: Result<InferenceRuntime, InferenceError>) -> Section {
    switch runtime {
    case .success(let runtime):
      let providers = ExecutionProvider.allCases.filter { runtime.availableProviders.contains($0.runtimeName) }.map(\.displayName)
      return Section(
        title: "ONNX Runtime",
        lines: [
          Line(.good, "version \(runtime.version) at \(runtime.libraryPath)"),
          Line(.note, "providers in this build: \(providers.joined(separator: ", "))"),
        ])
    case .failure(let error):
      return Section(
        title: "ONNX Runtime",
        lines: [Line(.missing, oneLine("\(error)"), remedy: .installInferenceLibrary)])
    }
  }

  static func models(_ store: ModelStore) -> Section {
    let verified = store.verify()
    var lines: [Line] = []
    for state in store.list() {
      let package = state.package
      for (file, location) in state.files.map({ ($0.file, $0.location) }) {
        let name = "\(package.name): \(file.name)"
        guard location != nil else {
          // The state is `absent` instead of `missing`, because the networks may come from other files; `networks(_:_:_:_:)` checks that.
          lines.append(
            Line(.absent, "\(name) is not installed (\(package.title); licence: \(package.licence.name))", remedy: .install(package)))
          continue
        }
        for found in verified where found.file == file && found.package == package {
          lines.append(line(found, name))
        }
      }
    }
    for (network, file) in store.overrides.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      lines.append(Line(.note, "the \(network.rawValue) network comes from a file of your own, \(file.path)"))
    }
    return Section(title: "Models", lines: lines)
  }

  private static func line(_ found: ModelVerification, _ name: String) -> Line {
    switch found.state {
    case .intact: Line(.good, "\(name) is intact: \(found.location.path), SHA-256 \(found.file.sha256.prefix(12))… as published")
    case .changed(let sha256):
      Line(
        .absent, "\(name) is not the published file: \(found.location.path), SHA-256 \(sha256)",
        remedy: .reinstall(found.package, file: found.location))
    case .unreadable(let reason): Line(.absent, "\(name): \(oneLine(reason))")
    }
  }

  static func networks(
    _ store: ModelStore, _ runtime: InferenceRuntime?, _ spec: JobSpec, _ configuration: SplitterConfiguration
  ) -> Section {
    let needed: Set<NetworkName> = [.faceDetector, .faceMesh, .blendshapes]
    var lines: [Line] = []
    let budget = ThreadBudget(total: configuration.threads)
    let plan = NetworkPlan(spec, on: configuration, store: store, runtime: runtime, budget: budget)
    let loader = runtime.map {
      NetworkLoader(plan: plan, store: store, runtime: $0, budget: budget, providerOptions: configuration.providerOptions)
    }
    for network in NetworkName.allCases {
      do {
        guard let loader else {
          _ = try store.onnx(for: network, actionUnitsOnly: plan.actionUnitsOnly)
          lines.append(Line(.note, "the \(network.rawValue) network cannot be tested without ONNX Runtime"))
          continue
        }
        let opened = try loader.open(network)
        lines.append(
          Line(.good, "\(network.rawValue) runs on \(opened.session.provider.displayName), from \(opened.file.provenance)"))
        lines += opened.session.providerNotes.map { Line(.note, "\(network.rawValue): \(oneLine($0))") }
      } catch {
        let package = ModelStore.catalogue.first { $0.files.contains { $0.networks.contains(network) } }
        let notInstalled = (error as? ModelStoreError)?.code == .notInstalled
        lines.append(
          Line(
            needed.contains(network) ? .missing : .absent,
            notInstalled ? "\(network.rawValue) is not installed" : "\(network.rawValue): \(oneLine("\(error)"))",
            remedy: notInstalled ? package.map(Remedy.install) : nil))
      }
    }
    if plan.engine?.reason == .openFace3NotInstalled {
      lines.append(Line(.note, "the engine mediapipe will be used, because OpenFace 3.0's networks are not installed"))
    }
    return Section(title: "Networks", lines: lines)
  }

  static func cache(_ store: ModelStore) -> Section {
    let folder = store.cacheDirectory
    var size = 0
    for name in FileManager.default.subpaths(atPath: folder.path) ?? [] {
      let attributes = try? FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)
      if attributes?[.type] as? FileAttributeType == .typeRegular { size += (attributes?[.size] as? NSNumber)?.intValue ?? 0 }
    }
    var parent = folder
    while !FileManager.default.fileExists(atPath: parent.path), parent.path != "/" { parent.deleteLastPathComponent() }
    guard FileManager.default.isWritableFile(atPath: parent.path) else {
      return Section(
        title: "Cache",
        lines: [Line(.missing, "\(folder.path) cannot be written to", remedy: .chooseCacheFolder)])
    }
    return Section(
      title: "Cache",
      lines: [Line(.good, "\(folder.path), \(DecimalText.text(Double(size) / 1e6, decimals: 1)) MB; may be deleted at any time")])
  }

  private static func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isNewline).joined(separator: " ") }
}
