import FaceNetworks
import Foundation
import Inference
import ModelStore
public import Results
import VideoIO

/// What this machine has of what SplitFace needs, and how to get what is missing. Making one never fails.
public struct Diagnosis: Sendable {
  public enum State: String, Sendable {
    /// There, and works.
    case good
    /// Not there, or does not work, and not needed by `process`.
    case absent
    /// Not there, or does not work, and `process` needs it.
    case missing
    /// Worth knowing.
    case note
  }

  public struct Line: Sendable {
    public let state: State
    public let text: String
    /// The command that gets it, or what to do.
    public let remedy: String?

    init(_ state: State, _ text: String, remedy: String? = nil) {
      self.state = state
      self.text = text
      self.remedy = remedy
    }
  }

  public struct Section: Sendable {
    public let title: String
    public let lines: [Line]
  }

  public let sections: [Section]

  /// Whether `process` can run.
  public var canProcess: Bool { !sections.contains { $0.lines.contains { $0.state == .missing } } }

  /// What to do about what is missing; first what `process` needs.
  public var remedies: [String] {
    var seen: Set<String> = []
    let lines = sections.flatMap(\.lines)
    return (lines.filter { $0.state == .missing } + lines.filter { $0.state == .absent }).compactMap(\.remedy)
      .filter { seen.insert($0).inserted }
  }

  /// Looks at everything: encoders are tried out, networks are loaded, checksums are computed; that takes seconds.
  /// - Parameter spec: the job that the machine is to do; only its networks matter.
  public init(for spec: JobSpec = JobSpec(), on configuration: SplitterConfiguration = SplitterConfiguration()) {
    let store = ModelStore(directory: configuration.modelDirectory, overrides: spec.models)
    var sections = [Self.machine, Self.video]
    let runtime = Result { () throws(InferenceError) in try InferenceRuntime.load(library: configuration.inferenceLibrary) }
    sections.append(Self.inference(runtime))
    sections.append(Self.models(store))
    sections.append(Self.networks(store, try? runtime.get(), spec, configuration))
    sections.append(Self.cache(store))
    self.sections = sections
  }

  private static var machine: Section {
    let process = ProcessInfo.processInfo
    #if arch(x86_64)
      let architecture = "x86-64"
    #elseif arch(arm64)
      let architecture = "arm64"
    #else
      let architecture = "another processor"
    #endif
    let memory = String(format: "%.1f", Double(process.physicalMemory) / 1e9)
    return Section(
      title: "Machine",
      lines: [
        Line(.note, "SplitFace \(SplitFaceVersion.current)"),
        Line(
          .note, "\(process.operatingSystemVersionString), \(architecture), \(process.activeProcessorCount) cores, \(memory) GB of memory"),
      ])
  }

  private static var video: Section {
    let libraries = FFmpegLibraries.versions.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
    let encoders = VideoEncoders.usable()
    var lines = [Line(.good, "FFmpeg \(FFmpegLibraries.release): \(libraries)")]
    lines += encoders.map { encoder in
      encoder.works
        ? Line(.good, "encoder \(encoder.name) works")
        : Line(.absent, "encoder \(encoder.name): \(oneLine(encoder.reason ?? "does not work"))")
    }
    if !encoders.contains(where: \.works) {
      lines.append(
        Line(
          .missing, "no H.264 encoder works",
          remedy: "install an FFmpeg with libx264 (Debian: apt-get install libavcodec-extra; macOS: brew install ffmpeg)"))
    }
    return Section(title: "Video", lines: lines)
  }

  private static func inference(_ runtime: Result<InferenceRuntime, InferenceError>) -> Section {
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
        lines: [
          Line(
            .missing, oneLine("\(error)"),
            remedy: "make setup (in SplitFace's folder), or set SPLITFACE_ONNXRUNTIME to the path of ONNX Runtime's library")
        ])
    }
  }

  private static func models(_ store: ModelStore) -> Section {
    let verified = store.verify()
    var lines: [Line] = []
    for state in store.list() {
      let package = state.package
      for (file, location) in state.files.map({ ($0.file, $0.location) }) {
        let name = "\(package.name): \(file.name)"
        guard location != nil else {
          // Whether `process` needs it is the networks' affair: they may come from elsewhere.
          lines.append(
            Line(.absent, "\(name) is not installed (\(package.title); licence: \(package.licence.name))", remedy: package.installation))
          continue
        }
        for found in verified where found.file == file && found.package == package {
          lines.append(line(found, name))
        }
      }
    }
    for (network, file) in store.overrides.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      lines.append(Line(.note, "\(network.rawValue): a file of your own, \(file.path)"))
    }
    return Section(title: "Models", lines: lines)
  }

  private static func line(_ found: ModelVerification, _ name: String) -> Line {
    switch found.state {
    case .intact: Line(.good, "\(name), SHA-256 right (\(found.file.sha256.prefix(12))…), \(found.location.path)")
    case .changed(let sha256):
      Line(
        .absent, "\(name) is not the published file (SHA-256 \(sha256)), \(found.location.path)",
        remedy: "rm '\(found.location.path)' && \(found.package.installation)")
    case .unreadable(let reason): Line(.absent, "\(name): \(oneLine(reason))")
    }
  }

  private static func networks(_ store: ModelStore, _ runtime: InferenceRuntime?, _ spec: JobSpec, _ configuration: SplitterConfiguration)
    -> Section
  {
    let needed: Set<NetworkName> = [.faceDetector, .faceMesh, .blendshapes]
    var lines: [Line] = []
    var loader = runtime.map { LoadedNetworks.Loader(store: store, runtime: $0, spec: spec, configuration: configuration) }
    for network in NetworkName.allCases {
      do {
        let file = try store.onnx(for: network, actionUnitsOnly: spec.extraColumns.isEmpty)
        guard let session = try loader?.session(network) else {
          lines.append(Line(.note, "\(network.rawValue) cannot be tried without ONNX Runtime"))
          continue
        }
        lines.append(Line(.good, "\(network.rawValue) runs on \(session.provider.displayName), from \(file.provenance)"))
        lines += session.providerNotes.map { Line(.note, "\(network.rawValue): \(oneLine($0))") }
      } catch {
        let installation = ModelStore.catalogue.first { $0.files.contains { $0.networks.contains(network) } }?.installation
        let notInstalled = (error as? ModelStoreError)?.code == .notInstalled
        lines.append(
          Line(
            needed.contains(network) ? .missing : .absent,
            notInstalled ? "\(network.rawValue) is not installed" : "\(network.rawValue): \(oneLine("\(error)"))",
            remedy: notInstalled ? installation : nil))
      }
    }
    if !store.has(.retinaface, .multitask) {
      lines.append(Line(.note, "the engine is mediapipe; openface3 needs OpenFace 3.0's networks"))
    }
    return Section(title: "Networks", lines: lines)
  }

  private static func cache(_ store: ModelStore) -> Section {
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
        lines: [Line(.missing, "\(folder.path) cannot be written", remedy: "set SPLITFACE_CACHE to a folder that can be written")])
    }
    return Section(
      title: "Cache", lines: [Line(.good, "\(folder.path), \(String(format: "%.1f", Double(size) / 1e6)) MB; may be deleted at any time")])
  }

  private static func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isNewline).joined(separator: " ") }
}
