public import Foundation

/// The outputs of a finished job in a folder: its record, and the files that the record lists.
///
/// ```swift
/// for file in try StoredResult.recordFiles(in: URL(filePath: "results")) {
///   let result = try StoredResult(recordFile: file)
///   print(result.record.input.path, result.record.frames.withFace)
/// }
/// ```
public struct StoredResult: Sendable {
  /// The record, `<stem>_run.json`.
  public let recordFile: URL
  public let record: RunRecord

  /// Reads a record.
  /// - Throws: `ResultsError.recordUnreadable`.
  public init(recordFile: URL) throws(ResultsError) {
    self.recordFile = recordFile
    record = try RunRecord.read(from: recordFile)
  }

  /// The folder that contains the record and the outputs.
  public var folder: URL { recordFile.deletingLastPathComponent() }

  /// The place of an output; nil if the record names a place outside its folder, which a record may do that came from elsewhere.
  public func url(of output: RunRecord.Output) -> URL? {
    guard !output.file.contains("/"), output.file != "..", !output.file.isEmpty else { return nil }
    return folder.appending(path: output.file)
  }

  /// The output whose name ends in `suffix`, for instance `_summary.csv`; nil if the job wrote none.
  public func url(ofOutputWithSuffix suffix: String) -> URL? {
    record.outputs.first { $0.file.hasSuffix(suffix) }.flatMap(url)
  }

  /// Lists the records in a folder and below it, sorted by path; hidden folders are left out.
  /// - Throws: `ResultsError.folderUnreadable` if the folder, or one below it, does not exist or cannot be read.
  public static func recordFiles(in folder: URL) throws(ResultsError) -> [URL] {
    let listing = try FolderWalk.files(in: folder, recursive: true)
    if let unreadable = listing.unreadable.first { throw unreadable.error }
    return listing.files.map(\.url).filter { $0.lastPathComponent.hasSuffix(RunRecord.suffix) }
  }
}
