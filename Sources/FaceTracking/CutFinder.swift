package import Imaging

/// Finds cuts between consecutive frames of a video.
package struct CutFinder {
  private var last: FrameThumbnail?

  /// The difference between two consecutive frames, in grey levels, above which there is a cut between them. Over seven clips of people
  /// talking it was at most 12.5, when a head that fills the frame was thrown about; images of different people taken by the same camera
  /// differ by 16 or more.
  static let threshold = 14.0

  package init() {}

  /// Whether there is a cut between the last frame and this one. The next frame is compared with this one.
  package mutating func isCut(before image: YUVImage) -> Bool {
    let thumbnail = FrameThumbnail(image)
    defer { last = thumbnail }
    return last.map { thumbnail.difference(from: $0) > Self.threshold } ?? false
  }
}
