import ActionUnits
import Measures
import Results

extension JobTable {
  static let asymmetry = JobTable(
    "_asymmetry.csv", about: "both sides next to each other, one row per frame", isWritten: comparesSides,
    table: { AsymmetryTable.table($0.measures.measures, settings: $0.settings) },
    row: { frame in frame.sides.map { (frame.number, $0) } })

  static let summary = JobTable(
    "_summary.csv", about: "both sides over the clip, one row per Action Unit", isWritten: comparesSides,
    table: { SummaryTable.table($0.measures.measures, naming: .actionUnits) })

  @Sendable private static func comparesSides(_ spec: JobSpec) -> Bool { spec.kind == .process && spec.report }
}
