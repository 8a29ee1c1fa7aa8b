import ActionUnits
import Foundation
public import ModelStore

extension JobSpec {
  /// An option of a job that affects the contents of its outputs. Inputs, output folder, `recursive` and `overwrite` are not among them.
  public enum Option: String, CaseIterable, Sendable, Codable {
    case orientation, audio, encoder, rateControl, landmarks, engine, blink, extraColumns, models, report, embed
  }

  /// Returns the value of an option as text, such as `auto` or `emotion,gaze`; nil if the option is not set.
  public func value(of option: Option) -> String? {
    func word(_ isOn: Bool) -> String { isOn ? "yes" : "no" }
    return switch option {
    case .orientation: orientation.rawValue
    case .audio: audio.rawValue
    case .encoder: encoder
    case .rateControl: rateControl.rawValue
    case .landmarks: word(landmarks)
    case .engine: engine.rawValue
    case .blink: blink.rawValue
    case .extraColumns: extraColumns.isEmpty ? nil : extraColumns.map(\.rawValue).sorted().joined(separator: ",")
    case .models: models.isEmpty ? nil : models.map { "\($0.key.rawValue)=\($0.value.path)" }.sorted().joined(separator: ",")
    case .report: word(report)
    case .embed: word(embed)
    }
  }

  /// Returns whether an option affects a job of this kind.
  public func hasEffect(_ option: Option) -> Bool {
    switch option {
    case .orientation, .landmarks: true
    case .audio, .encoder, .rateControl: kind.mirrors
    case .engine, .blink, .extraColumns: kind.measures
    // Every job tracks the face, so the user's own file for a tracking network has an effect on every job.
    case .models: kind.measures || !models.keys.allSatisfy(Self.measuringNetworks.contains)
    case .report: kind == .process
    case .embed: kind == .process && report
    }
  }

  /// The networks that are needed only for measuring, not for face tracking.
  public static let measuringNetworks: Set<NetworkName> = [.retinaface, .multitask, .star]

  /// The options that differ from their defaults but have no effect in a job of this kind.
  public var optionsWithoutEffect: [Option] {
    let usual = JobSpec(kind)
    return Option.allCases.filter { !hasEffect($0) && value(of: $0) != usual.value(of: $0) }
  }

  /// This job with every option that has no effect set to its default. Jobs are recorded and compared in this form.
  public var effective: JobSpec {
    var spec = self
    let usual = JobSpec(kind)
    for option in Option.allCases where !hasEffect(option) { spec.take(option, from: usual) }
    return spec
  }

  private mutating func take(_ option: Option, from other: JobSpec) {
    switch option {
    case .orientation: orientation = other.orientation
    case .audio: audio = other.audio
    case .encoder: encoder = other.encoder
    case .rateControl: rateControl = other.rateControl
    case .landmarks: landmarks = other.landmarks
    case .engine: engine = other.engine
    case .blink: blink = other.blink
    case .extraColumns: extraColumns = other.extraColumns
    case .models: models = other.models
    case .report: report = other.report
    case .embed: embed = other.embed
    }
  }

  /// Returns the options in which this job differs from another job of the same kind, in the order of ``Option``.
  ///
  /// `engine`, `blink` and `models` are not compared, because their effect depends on the networks that are installed. Callers compare the
  /// engine that was chosen, and the checksums of the networks that were loaded.
  public func differences(from other: JobSpec) -> [Option] {
    let (own, others) = (effective, other.effective)
    let decidedByNetworks: Set<Option> = [.engine, .blink, .models]
    return Option.allCases.filter { !decidedByNetworks.contains($0) && own.value(of: $0) != others.value(of: $0) }
  }
}
