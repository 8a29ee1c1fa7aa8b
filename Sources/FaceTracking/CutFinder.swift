package import Imaging

/// Finds cuts between the frames of a video, by their colours.
package struct CutFinder {
  private let threshold: Double
  private var last: FrameThumbnail?

  /// The differences between two frames, in grey levels, above which there is a cut between them. In seven clips of people talking it was
  /// at most 12.5 between consecutive frames and at most 20.3 between every other one, when a head that fills the frame was thrown about.
  /// Photographs of different people by the same camera at the same place differ by 16 or more.
  static let consecutive = 14.0, everyOther = 21.0

  /// - Parameter skipsFrames: whether some frames are left out, such as every other one.
  package init(skipsFrames: Bool = false) { threshold = skipsFrames ? Self.everyOther : Self.consecutive }

  /// Whether there is a cut between the last frame and this one. The next frame is compared with this one.
  package mutating func isCut(before image: YUVImage) -> Bool {
    let thumbnail = FrameThumbnail(image)
    defer { last = thumbnail }
    return last.map { thumbnail.difference(from: $0) > threshold } ?? false
  }
}
