import Foundation

/// The file that a job reads. It is checked before FFmpeg opens it, because FFmpeg's messages about missing or unreadable files are less
/// clear.
struct InputFile {
  let path: String
  let bytes: Int
  let modified: Date?

  /// Checks the file at `path`.
  /// - Throws: `badInput` if it does not exist, cannot be read, or is empty.
  init(path: String) throws(SplitFaceError) {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw SplitFaceError(.badInput, "\(path) does not exist")
    }
    guard !isDirectory.boolValue else { throw SplitFaceError(.badInput, "\(path) is a folder; name a video file") }
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw SplitFaceError(.badInput, "\(path) cannot be read; check its permissions")
    }
    // Links are followed, because opening the file follows them too.
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

  /// Checks that the file did not change while it was read; if it did, the frames may be a mixture of two versions. A file that was deleted
  /// meanwhile passes, because an open file can still be read to its end.
  /// - Throws: `failed` if the file was replaced, or its size or modification time changed.
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
