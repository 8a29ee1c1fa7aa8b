import ActionUnits
import Foundation
import Report
import VideoIO

extension VideoJob {
  /// Writes the summary, the report with its chart, and what the columns mean.
  func writeComparison(_ comparison: SideComparison, manifest: RunManifest, names: OutputNames, outputs: OutputSet) throws {
    guard let files = names.comparison, let engine = networks.engine else { return }
    func write(_ bytes: [UInt8], _ name: String) throws { try outputs.write(Data(bytes), to: name) }
    let summary = comparison.summary(of: Set(engine.columnOrigins.keys))
    try SummaryCSV.write(summary, to: outputs.stagedPath(files.summary))
    let input = comparison.reportInput(
      manifest, summary: summary, origins: engine.columnOrigins, names: names,
      stills: try comparison.peakStills { try StillImageEncoder.jpeg($0) })
    try write(Array(ReportPage.html(input).utf8), files.report)
    try write(try StillImageEncoder.png(CurvesChart.image(input)), files.curves)
    try write(
      try ColumnDictionary.json(for: tables(names, files), engine: engine.name, origins: engine.columnOrigins), files.columns)
  }

  private func tables(_ names: OutputNames, _ files: OutputNames.Comparison) -> [ColumnDictionary.Table] {
    let extras = networks.configuration.extraColumns
    let sides = zip(names.actionUnits, ["left", "right"]).map { name, side in
      ColumnDictionary.Table(
        .actionUnits(extras: extras), fileName: name, about: "the person's \(side) half and its reflection, a row a frame")
    }
    let face = names.face.map { ColumnDictionary.Table(.face, fileName: $0, about: "midline, head pose and quality, a row a frame") }
    let comparison = [
      ColumnDictionary.Table(.asymmetry, fileName: files.asymmetry, about: "both sides next to each other, a row a frame"),
      ColumnDictionary.Table(.summary, fileName: files.summary, about: "both sides over the clip, a row an Action Unit"),
    ]
    return sides + [face].compactMap { $0 } + comparison
  }
}
