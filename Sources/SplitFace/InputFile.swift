import Foundation

/// The file that a job reads, looked at before FFmpeg does: its own words for these cases are less clear.
struct InputFile {
  let path: String
  let bytes: Int
  let modified: Date?

  /// - Throws: `badInput` where there is no readable, non-empty file.
  init(path: String) throws(SplitFaceError) {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw SplitFaceError(.badInput, "\(path) does not exist")
    }
    guard !isDirectory.boolValue else { throw SplitFaceError(.badInput, "\(path) is a folder; name a video file") }
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw SplitFaceError(.badInput, "\(path) cannot be read; check its permissions")
    }
    // Links are followed, as opening does.
    let target = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    let attributes = try? FileManager.default.attributesOfItem(atPath: target)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else {
      throw SplitFaceError(.badInput, "\(path) is not a regular file; name a video file")
    }
    bytes = (attributes?[.size] as? NSNumber)?.intValue ?? 0
    modified = attributes?[.modificationDate] as? Date
    guard bytes > 0 else { throw SplitFaceError(.badInput, "\(path) is empty") }
    self.path = path
  }

  /// - Throws: `failed` where the file is another one by now, or has grown or been cut: what was read of it may be a mixture. One that
  ///   was deleted was still read to its end.
  func requireUnchanged() throws(SplitFaceError) {
    guard FileManager.default.fileExists(atPath: path) else { return }
    let now = try? InputFile(path: path)
    guard let now, now.bytes == bytes, now.modified == modified else {
      let size = now.map { "\($0.bytes) bytes" } ?? "unreadable"
      throw SplitFaceError(
        .failed, "\(path) changed while it was read (\(bytes) bytes then, \(size) now); wait until it is complete and run again")
    }
  }
}
