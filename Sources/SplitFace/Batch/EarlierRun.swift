import ActionUnits
import Foundation

/// What an earlier run has left for the same video.
enum EarlierRun {
  case none
  /// Whole, and what would be done now.
  case finished(RunManifest, reason: String)
  /// Something else; it is not replaced without being told to.
  case different(SplitFaceError)

  /// - Parameter networks: what a run would use now.
  init(of item: BatchItem, kind: JobKind, options: JobOptions, networks: LoadedNetworks) {
    // A manifest of the usual name that is another job's says nothing of this one.
    let names = OutputNames(input: item.input, kind: kind, landmarks: options.landmarks, report: options.report)
      .besideOthers(in: item.outputDirectory)
    let file = item.outputDirectory.appending(path: names.manifest)
    guard FileManager.default.fileExists(atPath: file.path) else {
      self = .none
      return
    }
    let verification = RunVerification(of: file, depth: .sizes)
    guard let run = verification.manifest else {
      self = Self.different(item, verification.problems.joined(separator: "; "))
      return
    }
    if let difference = Self.difference(run, item, kind, options, networks) {
      self = Self.different(item, difference)
    } else if !verification.isIntact {
      self = Self.different(item, verification.problems.joined(separator: "; "))
    } else {
      let day = run.finished.formatted(.iso8601.year().month().day().dateSeparator(.dash))
      let version = run.version == SplitFaceVersion.current ? "" : " by version \(run.version)"
      self = .finished(run, reason: "finished on \(day)\(version) with the same options, and all its files are there")
    }
  }

  private static func different(_ item: BatchItem, _ what: String) -> EarlierRun {
    .different(
      SplitFaceError(.outputExists, "\(item.name): \(what); use --force to do it again or -o to write elsewhere"))
  }

  /// Nil where a run now would do the same to the same file.
  private static func difference(
    _ run: RunManifest, _ item: BatchItem, _ kind: JobKind, _ options: JobOptions, _ networks: LoadedNetworks
  ) -> String? {
    if run.job != kind { return "an earlier '\(run.job.rawValue)' has left its outputs there" }
    let earlierName = URL(filePath: run.input.path).lastPathComponent
    if earlierName != item.input.lastPathComponent { return "the outputs there are those of \(earlierName)" }
    guard let file = try? InputFile(path: item.input.path(percentEncoded: false)) else { return nil }
    // The manifest's times are whole seconds.
    let seconds = zip(file.modified, run.input.modified).map { abs($0.timeIntervalSince($1)) } ?? 0
    if file.bytes != run.input.bytes || seconds >= 1.5 { return "the video has changed since it was worked on" }
    let old = run.options
    if old.orientation != options.orientation { return "it was done with --orientation \(old.orientation.rawValue)" }
    if kind.mirrors {
      if old.audio != options.audio { return "it was done with --audio \(old.audio.rawValue)" }
      if old.encoder != options.encoder { return "it was done with another --encoder" }
      let rateControl = old.rateControl ?? .crf
      if run.encoder == RunManifest.Options.rateControlledEncoder, rateControl != options.rateControl {
        return "it was done with --rate-control \(rateControl.rawValue)"
      }
    }
    if old.landmarks != options.landmarks { return "it was done \(old.landmarks ? "with" : "without") --landmarks" }
    if kind.measures {
      if run.engine?.name != networks.engine?.name { return "it was measured with the engine \(run.engine?.name ?? "none")" }
      if Set(old.extraColumns) != Set(networks.configuration.extraColumns.map(\.rawValue)) { return "it was done with other --columns" }
    }
    if kind == .process {
      let hasReport = run.outputs.contains { $0.file.hasSuffix("_report.html") }
      if hasReport != options.report { return "it was done \(hasReport ? "with" : "without") a report" }
      let embeds = old.embed ?? false
      if hasReport, embeds != options.embed { return "it was done \(embeds ? "with" : "without") --embed" }
    }
    let earlier = Dictionary(run.networks.map { ($0.name, $0.sha256) }) { first, _ in first }
    let now = Dictionary(networks.manifest.map { ($0.name, $0.sha256) }) { first, _ in first }
    return earlier == now ? nil : "it was done with other networks"
  }

  private static func zip(_ first: Date?, _ second: Date?) -> (Date, Date)? {
    if let first, let second { (first, second) } else { nil }
  }
}
