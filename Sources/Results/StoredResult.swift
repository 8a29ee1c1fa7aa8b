public import Foundation
public import Measures

/// The outputs of a finished job in a folder: the record, and the files that the record lists.
///
/// ```swift
/// for file in try StoredResult.recordFiles(in: URL(filePath: "results")) {
///   let result = try StoredResult(recordFile: file)
///   print(result.record.input.path, result.record.frames.withFace)
/// }
/// ```
public struct StoredResult: Sendable {
  public let record: RunRecord
  /// The folder that contains the record and the outputs.
  public let folder: URL

  /// Reads a record.
  /// - Parameter recordFile: the file `<stem>_run.json`.
  /// - Throws: `ResultsError.recordUnreadable`.
  public init(recordFile: URL) throws(ResultsError) {
    self.init(try RunRecord.read(from: recordFile), in: recordFile.deletingLastPathComponent())
  }

  /// Creates a result from a record that has already been read.
  /// - Parameter folder: the folder that contains the outputs.
  public init(_ record: RunRecord, in folder: URL) {
    self.record = record
    self.folder = folder
  }

  /// Returns the location of an output; nil if the record names a file outside its folder, since a record may come from an untrusted
  /// source.
  public func url(of output: RunRecord.Output) -> URL? {
    guard !output.file.contains("/"), output.file != "..", !output.file.isEmpty else { return nil }
    return folder.appending(path: output.file)
  }

  /// Returns the location of the output whose name ends in `suffix`, such as `_summary.csv`; nil if the job wrote no such output.
  public func url(ofOutputWithSuffix suffix: String) -> URL? {
    record.outputs.first { $0.file.hasSuffix(suffix) }.flatMap(url)
  }

  /// Lists the records in a folder and its subfolders, sorted by path. Hidden folders are left out.
  /// - Throws: `ResultsError.folderUnreadable` if the folder does not exist, or if it or a subfolder cannot be read.
  public static func recordFiles(in folder: URL) throws(ResultsError) -> [URL] {
    let listing = try FolderWalk.files(in: folder, recursive: true)
    if let unreadable = listing.unreadable.first { throw unreadable.error }
    return listing.files.map(\.url).filter { $0.lastPathComponent.hasSuffix(RunRecord.suffix) }
  }

  /// Reads one of the job's tables.
  /// - Parameter suffix: the end of the file's name, for instance `_face.csv`.
  /// - Returns: nil if the job wrote no such table.
  /// - Throws: `ResultsError.tableUnreadable`.
  public func table(withSuffix suffix: String) throws(ResultsError) -> StoredTable? {
    guard let file = url(ofOutputWithSuffix: suffix) else { return nil }
    do { return try StoredTable(contentsOf: file) } catch { throw ResultsError(.tableUnreadable, error.message) }
  }

  /// Reads the findings from the job's summary table.
  /// - Returns: nil if the job did not compare the sides, or if nothing could be compared.
  /// - Throws: `ResultsError.tableUnreadable`.
  public func findings() throws(ResultsError) -> [Finding]? {
    guard let summary = try table(withSuffix: "_summary.csv") else { return nil }
    let highest = largestValues()
    return SummaryTable.findings(in: summary) { name, title in
      MeasureID(name: name, title: title, quantity: "", highest: highest[name] ?? 1, origin: record.engine?.columns[name])
    }
  }

  /// Returns the largest value on each measure's scale, by the name of the measure. The values come from the job's description of its
  /// columns.
  private func largestValues() -> [String: Float] {
    guard let file = url(ofOutputWithSuffix: "_columns.json"), let json = try? Data(contentsOf: file),
      let columns = try? ColumnDictionary.columns(in: json, named: file.path)
    else { return [:] }
    let suffix = "_right"
    return columns.filter { $0.name.hasSuffix(suffix) }.reduce(into: [:]) { largest, column in
      largest[String(column.name.dropLast(suffix.count))] = column.maximum.map { Float($0) }
    }
  }
}
