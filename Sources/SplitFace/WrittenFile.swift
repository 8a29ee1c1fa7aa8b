import Foundation
import ModelStore
package import VideoIO

/// What a finished file holds, found by reading it from the disk: not what its writer believes to have written.
package struct WrittenFile: Sendable, Equatable {
  package let bytes: Int
  package let sha256: String
  /// Packets of a video; nil for other files.
  package let frames: Int?
  /// Lines below the header of a table; nil for other files.
  package let rows: Int?

  /// - Parameter checkStop: throws to stop; called every megabyte or so.
  package init(_ path: String, checkStop: () throws -> Void, cancellation: VideoCancellation = VideoCancellation()) throws {
    let url = URL(filePath: path)
    var bytes = 0
    var lines = 0
    let isTable = url.pathExtension == "csv"
    sha256 = try FileChecksum.sha256(of: url) { piece in
      try checkStop()
      bytes += piece.count
      // Our tables have no line ends within fields.
      if isTable { lines += piece.count { $0 == UInt8(ascii: "\n") } }
    }
    self.bytes = bytes
    rows = isTable ? max(0, lines - 1) : nil
    frames = url.pathExtension == "mp4" ? try PacketCount.ofVideo(path: path, cancellation: cancellation) : nil
  }

  /// Holds the file against what must be in it.
  /// - Parameter count: frames that were read, each of which must be there once; nil for files that do not have one of each.
  /// - Throws: `countMismatch`.
  package func require(_ count: Int?, in name: String) throws(SplitFaceError) {
    guard let count, let found = frames ?? rows, found != count else { return }
    throw SplitFaceError.countMismatch(name, found, count)
  }
}

extension SplitFaceError {
  static func countMismatch(_ name: String, _ found: Int, _ read: Int) -> SplitFaceError {
    SplitFaceError(.countMismatch, "\(name) has \(found) frames where \(read) were read; nothing was kept, please report this")
  }
}
