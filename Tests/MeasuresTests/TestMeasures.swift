import Measures

/// Made-up measures on 0–5, and frames of them.
enum TestMeasures {
  static let names = ["AU01", "AU04", "AU12", "AU25", "AU45"]
  static let all = names.map { measure($0) }

  /// Limits such as an engine learns: sides differ by 0.3 in healthy people.
  static let limits = SideLimits(spread: 0.3, leastShare: 0.4)

  static func measure(
    _ name: String, highest: Float = 5, isProvided: Bool = true, limits: SideLimits? = limits
  ) -> MeasureID {
    MeasureID(
      name: name, title: name == "AU12" ? "Lip corner puller" : "Unit \(name)", quantity: "intensity", highest: highest,
      origin: isProvided ? "a test" : nil, limits: limits)
  }

  /// A frame in which the named measures have values; the others have none.
  static func frame(
    _ timestamp: Double, right: [String: Float] = [:], left: [String: Float] = [:], exclusion: FrameExclusion? = nil
  ) -> SidedFrame {
    func values(_ named: [String: Float]) -> [Float] { names.map { named[$0] ?? .nan } }
    return SidedFrame(timestamp: timestamp, right: values(right), left: values(left), exclusion: exclusion)
  }

  static func summary(_ frames: [SidedFrame], _ measures: [MeasureID] = all) -> SegmentSummary {
    SegmentSummary(MeasureSeries(measures, frames))
  }
}

extension SegmentSummary {
  func row(_ name: String) -> Row? { rows.first { $0.measure.name == name } }
}

extension TestMeasures {
  static let summaryTable = SummaryTable.table(
    all, naming: .init(name: "au", meaning: "Action Unit.", format: "AU[0-9]{2}", titleMeaning: "Its name."))
}
