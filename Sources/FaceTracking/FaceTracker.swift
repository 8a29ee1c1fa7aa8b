public import FaceNetworks
public import Imaging

/// What a `FaceTracker` may be told.
public struct FaceTrackerOptions: Hashable, Sendable {
  /// Whether the 52 blendshapes are worked out for every picture.
  public var blendshapes: Bool

  public init(blendshapes: Bool = false) { self.blendshapes = blendshapes }
}

/// Follows one face from picture to picture as MediaPipe's video mode does.
///
/// The mesh network looks where the last picture's unsmoothed landmarks say the face is, and the detector runs only when there
/// is no such place (MediaPipe v0.10.21, `face_landmarker_graph.cc`, one face). Three things differ. A face that is lost is
/// searched for in the same picture, not from the next one on. Where several faces are found, the choice and its memory are
/// `FaceChoice`'s, so that a look at another person costs nothing. Where the whole picture shows no face, parts of it are
/// looked at too (`SearchPlan`), since the detector overlooks faces smaller than an eighth of what it sees.
///
/// Not `Sendable`: pictures have an order, and one thread at a time gives them in it. One tracker a video.
public final class FaceTracker {
  private let networks: FaceLandmarkerNetworks
  private let options: FaceTrackerOptions
  private var region: FaceRegion?
  private var choice = FaceChoice()
  private var plan: SearchPlan?
  private var smoother = LandmarkSmoother()
  private var track = 0

  /// Faces that a search looks at, before one of them is chosen.
  static let maximumFaces = 10
  /// MediaPipe's threshold for a face being present.
  package static let minimumPresence = 0.5
  /// The same for a face that only a part of the picture showed: with a hundred more looks, chance must be rarer.
  static let minimumPresenceInParts = 0.8

  public init(networks: FaceLandmarkerNetworks, options: FaceTrackerOptions = FaceTrackerOptions()) {
    self.networks = networks
    self.options = options
  }

  /// Finds the face in the video's next picture.
  /// - Parameters:
  ///   - image: upright, of the same size as the ones before.
  ///   - timestamp: seconds.
  /// - Throws: `InferenceError`, `FaceNetworkError`.
  public func track(_ image: YUVImage, timestamp: Double) throws -> TrackedFace {
    if let region {
      let mesh = try networks.mesh.run(on: [(image, region)])[0]
      if mesh.presence > Self.minimumPresence { return try follow(mesh, in: image, timestamp: timestamp, searched: false) }
    }
    region = nil
    smoother.reset()
    guard let mesh = try search(image, timestamp: timestamp) else { return TrackedFace(track: track, searched: true) }
    track += 1
    return try follow(mesh, in: image, timestamp: timestamp, searched: true)
  }

  private func follow(_ mesh: FaceMesh, in image: YUVImage, timestamp: Double, searched: Bool) throws -> TrackedFace {
    let next = mesh.nextRegion
    region = next
    choice.followed(next, timestamp: timestamp)
    var smoothed = mesh
    smoothed.landmarks = smoother.apply(mesh.landmarks, timestamp: timestamp)
    let pose = HeadPose(mesh)
    var face = TrackedFace(track: track, searched: searched)
    face.mesh = mesh
    face.smoothed = smoothed
    face.blendshapes = options.blendshapes ? try networks.blendshapes.run(on: [smoothed.points])[0] : nil
    face.pose = pose
    face.quality = FaceQuality(mesh: mesh, pose: pose, imageWidth: image.width, imageHeight: image.height)
    return face
  }

  /// The chosen face's mesh, or `nil`.
  private func search(_ image: YUVImage, timestamp: Double) throws -> FaceMesh? {
    let whole = try networks.detector.detect(in: image, maximumFaces: Self.maximumFaces)
    if let mesh = try chosen(from: whole, in: image, timestamp: timestamp, above: Self.minimumPresence) { return mesh }
    // The first picture without a face is searched through, so that a still picture is; the ones after it, a part at a time.
    let isFirst = plan == nil
    var plan = self.plan ?? SearchPlan(width: image.width, height: image.height)
    defer { self.plan = plan }
    let parts = isFirst ? plan.windows : plan.next().map { [$0] } ?? []
    var found: [DetectedFace] = []
    for window in parts { found += try networks.detector.detect(in: image, window: window, maximumFaces: Self.maximumFaces) }
    return try chosen(
      from: DetectorDecoder.suppressed(found), in: image, timestamp: timestamp, above: Self.minimumPresenceInParts)
  }

  private func chosen(
    from faces: [DetectedFace], in image: YUVImage, timestamp: Double, above presence: Double
  ) throws -> FaceMesh? {
    for face in choice.ranked(faces, width: image.width, height: image.height, timestamp: timestamp) {
      let mesh = try networks.mesh.run(on: [(image, face.region)])[0]
      if mesh.presence > presence { return mesh }
    }
    return nil
  }
}
