package import FaceNetworks
package import Imaging

/// Collects looks at the head all over a video, and divides them into shots.
///
/// Frames are passed in order; not all of them need be looked at, and not all need be passed. Where every frame is passed, a cut is found to
/// the frame. Otherwise two looks belong to different shots if their frames differ too much, and between them no reference is valid.
package struct ShotLooks {
  private let tracker: FaceTracker
  private let networks: FaceLandmarkerNetworks
  private var found = ShotReferences()
  private var looks: [HeadLook] = []
  private var start = -Double.infinity
  private var last: (thumbnail: FrameThumbnail, timestamp: Double)?

  /// The difference between the frames of two looks, in grey levels, above which they belong to different shots. Over seven clips of
  /// people talking, in which the head fills much of the frame, it was at most 28.4 for looks that followed each other.
  static let threshold = 30.0

  package init(networks: FaceLandmarkerNetworks) {
    // One tracker for all looks, so that they are of one face if there are several.
    tracker = FaceTracker(networks: networks)
    self.networks = networks
  }

  /// The number of looks so far, with a face or without one.
  package private(set) var count = 0

  /// Notes that a cut lies before the frame at a time in seconds.
  package mutating func cut(at timestamp: Double) {
    found.add(looks, from: start, to: timestamp)
    begin(at: timestamp)
  }

  /// Looks at a frame.
  /// - Parameter timestamp: seconds, later than those before.
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
