import ActionUnits
import Foundation
import Imaging
import Measures
import OutputFiles
import Report
import Results
import VideoIO

extension VideoJob {
  /// Writes the summary, and the report with its chart.
  ///
  /// The report's images are optional: if FFmpeg cannot encode them, the job continues, and a warning is added to the record.
  func writeComparison(_ comparison: SideComparison, record: inout RunRecord, names: OutputNames, outputs: OutputSet) throws {
    guard let files = names.report, let table = names.name(of: .summary) else { return }
    let summary = comparison.summary
    let measures = tableContext.measures
    try SummaryTable.table(measures.measures, naming: .actionUnits)
      .write(SummaryTable.rows(of: summary), to: outputs.stagedPath(table))
    var stills: [PeakStill] = []
    do { stills = try comparison.peakStills { try StillImageEncoder.jpeg($0) } } catch {
      record.warnings.append("the images of the peaks could not be added to the report: \(error)")
    }
    var input = comparison.reportInput(record, summary: summary, caveat: measures.caveat, names: names, stills: stills)
    do { try outputs.write(Data(try StillImageEncoder.png(CurvesChart.image(input))), to: files.curves) } catch let error as VideoError {
      record.warnings.append("\(files.curves) was not written: \(error)")
      outputs.withdraw(files.curves)
      input.files.removeAll { $0 == files.curves }
    }
    input.warnings = record.warnings
    if spec.embed {
      for index in input.videos.indices {
        input.videos[index].embeddedFile = URL(filePath: outputs.stagedPath(input.videos[index].fileName))
      }
    }
    let report = URL(filePath: outputs.stagedPath(files.page))
    do { try ReportPage.write(input, to: report) } catch let error as OutputFilesError { throw error } catch {
      throw SplitFaceError(.outputUnavailable, "cannot write \(report.path): \(error.localizedDescription)", underlying: error)
    }
    let megabytes = try InputFile(path: report.path).bytes / 1_000_000
    if spec.embed, megabytes >= Self.heavyReport {
      record.warnings.append("the report is \(megabytes) MB large because it contains its videos; browsers take a while to open it")
    }
  }

  /// The size of a report, in megabytes, from which the user is warned. It is a judgement: such a file takes seconds to open, and is too
  /// large to be sent by most e-mail services.
  private static let heavyReport = 100

  /// Writes the description of the tables' columns.
  func writeColumns(_ names: OutputNames, outputs: OutputSet) throws {
    let context = tableContext
    let entries = names.tables.map {
      ColumnDictionary.Entry(fileName: $0.name, about: $0.table.about, columns: $0.table.columns(context))
    }
    try outputs.write(Data(try ColumnDictionary.json(for: entries, caveat: context.measures.caveat)), to: names.columns)
  }

  /// The properties of this job that the columns of its tables depend on.
  var tableContext: JobTable.Context {
    let engine = spec.kind.measures ? networks.engine : nil
    return JobTable.Context(measures: engine?.measures ?? .none, extraColumns: spec.extraColumns, settings: ComparisonSettings())
  }
}
