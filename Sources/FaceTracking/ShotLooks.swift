package import FaceNetworks
package import Imaging

/// Collects looks at the head all over a video, and divides them into shots.
///
/// Frames are passed in order, and frames in between may be left out. The caller reports the cuts that it finds with `cut(at:)`. In addition,
/// two consecutive looks belong to different shots if their frames differ too much. No reference is valid in the time between these two.
package struct ShotLooks {
  private let tracker: FaceTracker
  private let networks: FaceLandmarkerNetworks
  private var found = ShotReferences()
  private var looks: [HeadLook] = []
  private var start = -Double.infinity
  private var last: (thumbnail: FrameThumbnail, timestamp: Double)?

  /// The difference between the frames of two looks, in grey levels, above which they belong to different shots. In seven clips
  /// of people talking, whose heads fill much of the frame, consecutive looks differed by at most 28.4.
  static let threshold = 30.0

  package init(networks: FaceLandmarkerNetworks) {
    // The same tracker is used for all looks, so that all show the same face if there are several.
    tracker = FaceTracker(networks: networks)
    self.networks = networks
  }

  /// The number of looks so far, with a face or without one.
  package private(set) var count = 0

  /// Ends the current shot: there is a cut before the frame at the given time, in seconds.
  package mutating func cut(at timestamp: Double) {
    found.add(looks, from: start, to: timestamp)
    begin(at: timestamp)
  }

  /// Looks at a frame.
  /// - Parameter timestamp: seconds; later than the timestamps of all earlier looks.
  /// - Throws: `InferenceError`, `FaceNetworkError`.
  package mutating func look(at image: YUVImage, timestamp: Double) throws {
    count += 1
    let thumbnail = FrameThumbnail(image)
    if let last, thumbnail.difference(from: last.thumbnail) > Self.threshold {
      found.add(looks, from: start, to: last.timestamp.nextUp)
      begin(at: timestamp)
    }
    last = (thumbnail, timestamp)
    guard let mesh = try tracker.track(image, timestamp: timestamp).mesh,
      let look = try HeadLook(at: mesh, in: image, networks: networks)
    else { return }
    looks.append(look)
  }

  /// Returns what was learnt of each shot.
  package func references() -> ShotReferences {
    var all = found
    all.add(looks, from: start, to: .infinity)
    return all
  }

  private mutating func begin(at timestamp: Double) {
    start = timestamp
    looks = []
    last = nil
  }
}
