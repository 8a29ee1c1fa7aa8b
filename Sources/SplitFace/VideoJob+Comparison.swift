import ActionUnits
import FaceNetworks
import Foundation
import Imaging
import OutputFiles
import Report
import Results
import VideoIO

extension VideoJob {
  /// Writes the summary, and the report with its chart.
  ///
  /// Pictures are an addition: where FFmpeg cannot encode them, what was measured is kept, and the record gets a warning.
  func writeComparison(_ comparison: SideComparison, record: inout RunRecord, names: OutputNames, outputs: OutputSet) throws {
    guard let files = names.comparison, let engine = networks.engine else { return }
    let summary = comparison.summary(of: Set(engine.columnOrigins.keys))
    try SummaryCSV.write(summary, to: outputs.stagedPath(files.summary))
    var stills: [PeakStill] = []
    do { stills = try comparison.peakStills { try StillImageEncoder.jpeg($0) } } catch {
      record.warnings.append("the report has no pictures at the peaks: \(error)")
    }
    var input = comparison.reportInput(record, summary: summary, origins: engine.columnOrigins, names: names, stills: stills)
    do { try outputs.write(Data(try StillImageEncoder.png(CurvesChart.image(input))), to: files.curves) } catch let error as VideoError {
      record.warnings.append("there is no \(files.curves): \(error)")
      outputs.withdraw(files.curves)
      input.files.removeAll { $0 == files.curves }
    }
    input.warnings = record.warnings
    if spec.embed {
      for index in input.videos.indices {
        input.videos[index].embeddedFile = URL(filePath: outputs.stagedPath(input.videos[index].fileName))
      }
    }
    let report = URL(filePath: outputs.stagedPath(files.report))
    do { try ReportPage.write(input, to: report) } catch let error as OutputFilesError { throw error } catch {
      throw SplitFaceError(.outputUnavailable, "cannot write \(report.path): \(error.localizedDescription)", underlying: error)
    }
    let megabytes = try InputFile(path: report.path).bytes / 1_000_000
    if spec.embed, megabytes >= Self.heavyReport {
      record.warnings.append("the report has its videos in it and \(megabytes) MB; a browser reads all of that before it shows the page")
    }
  }

  /// Megabytes. A limit of judgement: some seconds of reading from a disk, and much for a mail.
  private static let heavyReport = 100

  /// Writes what the columns of the tables mean.
  func writeColumns(_ names: OutputNames, outputs: OutputSet) throws {
    let engine = spec.kind.measures ? networks.engine : nil
    let json = try ColumnDictionary.json(for: tables(names), engine: engine?.name ?? "", origins: engine?.columnOrigins ?? [:])
    try outputs.write(Data(json), to: names.columns)
  }

  private func tables(_ names: OutputNames) -> [ColumnDictionary.Table] {
    let extras = spec.extraColumns
    let faces =
      spec.kind.mirrors ? ["left", "right"].map { "the person's \($0) half and its reflection" } : ["the face as it is"]
    var tables = zip(names.actionUnits, faces).map { name, face in
      ColumnDictionary.Table(.actionUnits(extras: extras), fileName: name, about: "\(face), a row a frame")
    }
    func add(_ kind: ColumnDictionary.Table.Kind, _ name: String?, _ about: String) {
      if let name { tables.append(ColumnDictionary.Table(kind, fileName: name, about: about)) }
    }
    add(.face, names.face, "midline, head pose and quality, a row a frame")
    add(.landmarks(blendshapes: BlendshapeNetwork.names), names.landmarks, "face mesh and blendshapes of the source, a row a frame")
    add(.asymmetry, names.comparison?.asymmetry, "both sides next to each other, a row a frame")
    add(.summary, names.comparison?.summary, "both sides over the clip, a row an Action Unit")
    return tables
  }
}
