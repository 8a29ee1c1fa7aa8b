import ActionUnits
import Measures
import Report

extension SidedFrame {
  /// A frame of Action Units.
  init(timestamp: Double, right: ActionUnitValues, left: ActionUnitValues, exclusion: FrameExclusion?) {
    self.init(timestamp: timestamp, right: right.inOrder, left: left.inOrder, exclusion: exclusion)
  }
}

extension MeasureSeries {
  /// The Action Units as measures on 0–5, of which two have an origin.
  static let units = ActionUnit.allCases.map { unit in
    MeasureID(
      name: unit.columnName, title: unit.facsName, quantity: "intensity", highest: 5,
      origin: unit == .au12 ? "blendshapes mouthSmile" : unit == .au45 ? "landmarks: the eyes' aspect ratio" : nil,
      limits: SideLimits(spread: 0.3, leastShare: 0.4))
  }

  init(_ frames: [SidedFrame]) { self.init(Self.units, frames) }
}

extension ReportInput {
  /// Replaces all frames, and makes their summary.
  mutating func replaceFrames(_ frame: (_ index: Int, _ timestamp: Double) -> SidedFrame) {
    series = MeasureSeries(series.timestamps.enumerated().map { frame($0.offset, $0.element) })
    summary = SegmentSummary(series)
  }
}
