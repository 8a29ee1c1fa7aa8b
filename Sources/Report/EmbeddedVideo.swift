import Foundation
import OutputFiles

/// A video that is embedded in the report as base64 text.
enum EmbeddedVideo {
  /// A character that marks the places in the document where videos are inserted later: it is put before and after the index of the video.
  /// `Markup` replaces control characters in every string, so no text from outside can contain it.
  static let mark: Character = "\u{1}"

  /// The number of bytes to encode at a time. It is a multiple of three, so that base64 needs no padding before the end of the file.
  private static let piece = 3 << 18

  /// Appends the bytes of a video file to `output` as base64 text.
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
