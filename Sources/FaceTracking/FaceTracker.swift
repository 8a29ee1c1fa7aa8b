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
/// looked at too, first around the place where it was lost, then by `SearchPlan`, since the detector overlooks faces smaller than an eighth
/// of what it sees.
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
  /// The same for a face that MediaPipe would not have looked at: with many more looks, chance must be rarer. Real faces are
  /// above 0.99; in a clip of clouds and letters the highest was 0.90.
  static let surePresence = 0.95
  /// The part around the place of a lost face that is searched, in sides of its region: the face then fills a third of what the detector
  /// sees, and may have moved by its own size.
  static let lostFaceWindow = 2.0

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
    func weight(_ face: DetectedFace) -> Double { FaceChoice.weight(of: face, width: image.width, height: image.height) }
    let bestScored = whole.first.map(weight) ?? 0
    for face in choice.ranked(whole, width: image.width, height: image.height, timestamp: timestamp) {
      let mesh = try networks.mesh.run(on: [(image, face.region)])[0]
      // MediaPipe, asked for one face, looks at the best-scored detection alone and takes it; what it would not have looked
      // at has to show more, and so has what it would follow for one picture only, since its next look finds nothing. A face that is
      // more in the middle of things than the best-scored one needs no more than that: scores fall with turning and tilting, and the
      // video's subject shall not yield to somebody small who looks straight ahead.
      if weight(face) < bestScored {
        if try isSurelyFace(mesh, in: image) { return mesh }
      } else if try mesh.presence > Self.surePresence || isConfirmed(mesh, in: image, above: Self.minimumPresence) {
        return mesh
      }
    }
    return try searchParts(of: image, timestamp: timestamp)
  }

  private func searchParts(of image: YUVImage, timestamp: Double) throws -> FaceMesh? {
    if let lost = choice.awaited(at: timestamp) {
      let side = max(lost.width, lost.height) * Self.lostFaceWindow
      let window = FaceRegion(centre: lost.centre, width: side, height: side, rotation: 0)
      if let mesh = try sureFace(in: [window], of: image, timestamp: timestamp) { return mesh }
    }
    // The first picture without a face is searched through, so that a still picture is; the ones after it, a part at a time.
    let isFirst = plan == nil
    var plan = self.plan ?? SearchPlan(width: image.width, height: image.height)
    defer { self.plan = plan }
    return try sureFace(in: isFirst ? plan.windows : plan.next().map { [$0] } ?? [], of: image, timestamp: timestamp)
  }

  private func sureFace(in windows: [FaceRegion], of image: YUVImage, timestamp: Double) throws -> FaceMesh? {
    var found: [DetectedFace] = []
    for window in windows { found += try networks.detector.detect(in: image, window: window, maximumFaces: Self.maximumFaces) }
    let faces = DetectorDecoder.suppressed(found)
    for face in choice.ranked(faces, isWhole: false, width: image.width, height: image.height, timestamp: timestamp) {
      let mesh = try networks.mesh.run(on: [(image, face.region)])[0]
      if try isSurelyFace(mesh, in: image) { return mesh }
    }
    return nil
  }

  /// Whether a mesh is a face beyond doubt, and upright enough for one that nothing else speaks for.
  private func isSurelyFace(_ mesh: FaceMesh, in image: YUVImage) throws -> Bool {
    guard abs(HeadPose(mesh).roll) <= OrientationFinder.maximumRoll else { return false }
    return try isConfirmed(mesh, in: image, above: Self.surePresence)
  }

  /// Whether a second look, where a mesh's landmarks are, agrees with it.
  private func isConfirmed(_ mesh: FaceMesh, in image: YUVImage, above presence: Double) throws -> Bool {
    guard mesh.presence > presence else { return false }
    let second = try networks.mesh.run(on: [(image, mesh.nextRegion)])[0]
    return second.presence > presence && mesh.nextRegion.overlap(with: second.nextRegion) > 0.7
  }
}
