import Results

/// The command line's names of a job's options.
extension JobSpec.Option {
  var flag: String {
    switch self {
    case .orientation: "--orientation"
    case .audio: "--audio"
    case .encoder: "--encoder"
    case .rateControl: "--rate-control"
    case .landmarks: "--landmarks"
    case .engine: "--engine"
    case .blink: "--blink"
    case .extraColumns: "--columns"
    case .models: "--model"
    case .report: "--no-report"
    case .embed: "--embed"
    }
  }
}

/// Notes about options that were given but have no effect.
enum OptionNotes {
  /// One line for each option that has no effect in a job of its kind.
  static func withoutEffect(in spec: JobSpec) -> [String] {
    spec.optionsWithoutEffect.map { option in
      let reason =
        switch option {
        case .engine, .blink, .extraColumns, .models: "measures nothing"
        case .audio, .encoder, .rateControl: "writes no videos"
        case .report, .embed: spec.kind.measures ? "does not compare sides" : "measures nothing"
        case .orientation, .landmarks: "does not use it"
        }
      return "\(spec.kind.rawValue) \(reason); \(option.flag) has no effect"
    }
  }
}
