package import Imaging

/// Finds cuts between the frames of a video, by their colours.
package struct CutFinder {
  private let threshold: Double
  private var last: FrameThumbnail?

  /// The differences between two frames, in grey levels, above which there is a cut between them. In seven clips of people talking,
  /// consecutive frames differed by at most 12.5, and every other frame by at most 20.3: there, a head that fills the frame moves fast.
  /// Photographs of different people by the same camera at the same place differ by 16 or more.
  static let consecutive = 14.0, everyOther = 21.0

  /// - Parameter skipsFrames: whether some frames are left out, such as every other one.
  package init(skipsFrames: Bool = false) { threshold = skipsFrames ? Self.everyOther : Self.consecutive }

  /// Returns whether there is a cut between the previous image that was passed and this one.
  package mutating func isCut(before image: YUVImage) -> Bool {
    let thumbnail = FrameThumbnail(image)
    defer { last = thumbnail }
    return last.map { thumbnail.difference(from: $0) > threshold } ?? false
  }
}
