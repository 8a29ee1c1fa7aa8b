import Foundation
import ModelStore
package import VideoIO

/// The size, checksum and counts of a finished file. They are found by reading the file back from the disk, not taken from its writer.
package struct WrittenFile: Sendable, Equatable {
  package let bytes: Int
  package let sha256: String
  /// The number of packets of a video; nil for other files.
  package let frames: Int?
  /// The number of lines below the header of a table; nil for other files.
  package let rows: Int?

  /// Reads a file.
  /// - Parameter checkStop: called about once per megabyte; throws an error to stop the reading.
  package init(_ path: String, checkStop: () throws -> Void, cancellation: VideoCancellation = VideoCancellation()) throws {
    let url = URL(filePath: path)
    var bytes = 0
    var lines = 0
    let isTable = url.pathExtension == "csv"
    sha256 = try FileChecksum.sha256(of: url) { piece in
      try checkStop()
      bytes += piece.count
      // Tables with one row per frame have no line breaks within fields.
      if isTable { lines += piece.count { $0 == UInt8(ascii: "\n") } }
    }
    self.bytes = bytes
    rows = isTable ? max(0, lines - 1) : nil
    frames = url.pathExtension == "mp4" ? try PacketCount.ofVideo(path: path, cancellation: cancellation) : nil
  }

  /// Checks that the file contains `count` frames or rows.
  /// - Parameter count: the number of frames that were read from the input; nil for a file that does not have one entry per frame.
  /// - Throws: `countMismatch`.
  package func require(_ count: Int?, in name: String) throws(SplitFaceError) {
    guard let count, let found = frames ?? rows, found != count else { return }
    throw SplitFaceError.countMismatch(name, found, count)
  }
}

extension SplitFaceError {
  static func countMismatch(_ name: String, _ found: Int, _ read: Int) -> SplitFaceError {
    SplitFaceError(.countMismatch, "\(name) has \(found) frames, but \(read) were read; all outputs were removed; please report this")
  }
}
