import Results

/// The names that the options of a job have on the command line.
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
  /// Returns one line for each option that was given but has no effect in this kind of job.
  static func withoutEffect(in spec: JobSpec) -> [String] {
    spec.optionsWithoutEffect.map { option in
      let reason =
        switch option {
        case .engine, .blink, .extraColumns, .models: "measures nothing"
        case .audio, .encoder, .rateControl: "writes no videos"
        case .report, .embed: spec.kind.measures ? "does not compare the sides" : "measures nothing"
        case .orientation, .landmarks: "does not use this option"
        }
      return "\(spec.kind.rawValue) \(reason); \(option.flag) has no effect"
    }
  }
}
