import Foundation
import OutputFiles

/// A video that is embedded in the report as base64 text.
enum EmbeddedVideo {
  /// Encloses the index of a video in the document, where the video's text is inserted later. `Markup` replaces the control characters in
  /// every string, so no text from outside can contain it.
  static let mark: Character = "\u{1}"

  /// The number of bytes to read at a time: a multiple of three, so that base64 needs no padding before the end of the file.
  private static let piece = 3 << 18

  /// Appends the file's bytes as base64.
  static func append(_ video: URL, to output: inout PartialFile) throws {
    let input = try FileHandle(forReadingFrom: video)
    defer { try? input.close() }
    var rest = Data()
    while let read = try input.read(upToCount: piece - rest.count), !read.isEmpty {
      rest += read
      // A read may return fewer bytes than requested before the end of the file.
      guard rest.count == piece else { continue }
      try output.append([UInt8](rest.base64EncodedData()))
      rest = Data()
    }
    try output.append([UInt8](rest.base64EncodedData()))
  }
}
