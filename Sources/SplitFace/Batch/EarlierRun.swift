import ActionUnits
import Foundation
import Measures
public import Results

/// The outputs that earlier runs have left for a video, compared with the outputs that this run would write.
enum EarlierRun {
  case none
  /// The outputs are complete, and this run would write the same ones.
  case finished(RunRecord, reason: String)
  /// There are other outputs, which are replaced only on request. The error says how they differ.
  case different(SplitFaceError)

  /// Reads the record of an earlier run, and checks the names and sizes of the outputs that the record lists.
  ///
  /// A video is finished if its record has the same options, the same input file and the same networks as this run.
  /// - Parameters:
  ///   - spec: the job of this run.
  ///   - networks: the networks of this run.
  init(of item: BatchItem, spec: JobSpec, networks: LoadedNetworks) {
    // The record with the usual name may belong to another kind of job. In that case the outputs of this job have other names.
    let names = OutputNames(input: item.input, spec: spec).besideOthers(in: item.outputDirectory)
    let file = item.outputDirectory.appending(path: names.record)
    guard FileManager.default.fileExists(atPath: file.path) else {
      self = .none
      return
    }
    func different(_ fact: String, _ difference: JobDifference? = nil) -> EarlierRun {
      .different(SplitFaceError(.earlierRunDiffers, "\(item.name): \(fact)", underlying: difference))
    }
    let verification = RunVerification(of: file, depth: .sizes)
    guard let run = verification.record else {
      self = different(verification.problems.joined(separator: "; "))
      return
    }
    if let fact = Self.otherwise(run, item, spec) {
      self = different(fact)
    } else if let option = Self.difference(run, spec, engine: networks.engine?.measures.provider) {
      let difference = JobDifference(name: item.name, option: option, earlier: Self.earlierValue(of: option, in: run))
      self = different(difference.fact, difference)
    } else if Self.checksums(run.networks) != Self.checksums(networks.record) {
      self = different("it was processed earlier with other networks")
    } else if !verification.isIntact {
      self = different(verification.problems.joined(separator: "; "))
    } else {
      let day = run.finished.formatted(.iso8601.year().month().day().dateSeparator(.dash))
      let version = run.version == SplitFaceVersion.current ? "" : " by version \(run.version)"
      self = .finished(run, reason: "finished on \(day)\(version) with the same options, and all its files are there")
    }
  }

  /// Returns why the record belongs to another kind of job or another video; nil if it belongs to this kind of job and to this video.
  private static func otherwise(_ run: RunRecord, _ item: BatchItem, _ spec: JobSpec) -> String? {
    if run.job != spec.kind { return "the existing outputs are from an earlier '\(run.job.rawValue)' job" }
    let earlierName = URL(filePath: run.input.path).lastPathComponent
    if earlierName != item.input.lastPathComponent { return "the existing outputs belong to another video, \(earlierName)" }
    guard let file = try? InputFile(path: item.input.path(percentEncoded: false)) else { return nil }
    // The record's times are rounded to whole seconds.
    let seconds = if let now = file.modified, let then = run.input.modified { abs(now.timeIntervalSince(then)) } else { 0.0 }
    return file.bytes != run.input.bytes || seconds >= 1.5 ? "the video has changed since it was processed" : nil
  }

  /// Returns the first option that affects the outputs and had a different value in the earlier run.
  private static func difference(_ run: RunRecord, _ spec: JobSpec, engine: String?) -> JobSpec.Option? {
    var options = spec.differences(from: run.spec)
    if !run.usesRateControl { options.removeAll { $0 == .rateControl } }
    if run.engine?.name != engine { options.append(.engine) }
    return JobSpec.Option.allCases.first(where: options.contains)
  }

  private static func earlierValue(of option: JobSpec.Option, in run: RunRecord) -> String? {
    option == .engine ? run.engine?.name : run.spec.value(of: option)
  }

  private static func checksums(_ networks: [RunRecord.Network]) -> [String: String] {
    Dictionary(networks.map { ($0.name, $0.sha256) }) { first, _ in first }
  }
}

/// An option that had a different value when an earlier run wrote the existing outputs.
public struct JobDifference: Error, Hashable, Sendable {
  /// The video, as the user or the batch names it.
  public let name: String
  public let option: JobSpec.Option
  /// The option's value in the earlier run; nil if it was not set.
  public let earlier: String?

  var fact: String { "it was processed earlier with another value of the option \(option.rawValue): \(earlier ?? "none")" }
}
