import Foundation
import OutputFiles

/// A video that becomes part of the report as base64 text.
enum EmbeddedVideo {
  /// Stands before and behind a video's position in the list, where its text is to be put. `Markup` lets no control character of a
  /// string through, so nothing from outside can look like it.
  static let mark: Character = "\u{1}"

  /// Bytes that are read at once; a multiple of three, of which base64 makes four signs without a remainder.
  private static let piece = 3 << 18

  /// Appends the file's bytes as base64.
  static func append(_ video: URL, to output: inout PartialFile) throws {
    let input = try FileHandle(forReadingFrom: video)
    defer { try? input.close() }
    var rest = Data()
    while let read = try input.read(upToCount: piece - rest.count), !read.isEmpty {
      rest += read
      // A short read is no end.
      guard rest.count == piece else { continue }
      try output.append([UInt8](rest.base64EncodedData()))
      rest = Data()
    }
    try output.append([UInt8](rest.base64EncodedData()))
  }
}
