public import FaceNetworks
public import Imaging

/// Follows one face from frame to frame, as MediaPipe's video mode does.
///
/// The mesh network looks at the region given by the last frame's unsmoothed landmarks, and the detector runs only if that frame had no face
/// (MediaPipe v0.10.21, `face_landmarker_graph.cc`, one face). Four things differ:
/// - A lost face is searched for in the same frame, not from the next one on.
/// - If several faces are found, `FaceChoice` chooses one and remembers it, so that the face is not swapped for another person's when it is
///   lost for a moment.
/// - If the detector finds no face in the whole frame, parts of the frame are searched too: first around the place where the face was lost,
///   then those of `SearchPlan`. The detector overlooks faces smaller than an eighth of what it sees.
/// - At a cut the face is searched for anew, and nothing is smoothed across the cut: another person may be where the face was.
///
/// Use one tracker per video. It is not `Sendable`: frames must be passed in order, by one thread at a time.
public final class FaceTracker {
  private let networks: FaceLandmarkerNetworks
  private let options: FaceTrackerOptions
  private var region: FaceRegion?
  private var choice = FaceChoice()
  private var plan: SearchPlan?
  private var smoother = LandmarkSmoother()
  private var cuts = CutFinder()
  private var track = 0

  /// The largest number of faces that a search considers.
  static let maximumFaces = 10
  /// The presence above which a mesh counts as a face (MediaPipe's threshold).
  package static let minimumPresence = 0.5
  /// The presence that a mesh must exceed to count as a face in a place where MediaPipe would not have looked. It is higher than
  /// `minimumPresence`, because many more places are searched and any of them may look like a face by chance. Real faces have a presence
  /// above 0.99; in a clip of clouds and letters the highest was 0.90.
  static let surePresence = 0.95
  /// The side of the square searched around a lost face, in sides of the face's region. The face then fills a third of the
  /// side of that square, and may have moved by its own size.
  static let lostFaceWindow = 2.0

  public init(networks: FaceLandmarkerNetworks, options: FaceTrackerOptions = FaceTrackerOptions()) {
    self.networks = networks
    self.options = options
  }

  /// Finds the face in the video's next frame.
  /// - Parameters:
  ///   - image: upright, of the same size as the frames before.
  ///   - timestamp: seconds.
  /// - Throws: `InferenceError`, `FaceNetworkError`.
  public func track(_ image: YUVImage, timestamp: Double) throws -> TrackedFace {
    let isCut = cuts.isCut(before: image)
    let last = region
    if let last, !isCut {
      let mesh = try networks.mesh.run(on: [(image, last)])[0]
      if mesh.presence > Self.minimumPresence { return try follow(mesh, in: image, timestamp: timestamp, searched: false) }
    }
    region = nil
    smoother.reset()
    // A flash looks like a cut. Then a face that the detector does not find, as it is turned away, is still where it was.
    guard let mesh = try search(image, timestamp: timestamp) ?? last.flatMap({ isCut ? try remaining(image, at: $0) : nil }) else {
      return TrackedFace(track: track, searched: true)
    }
    track += 1
    return try follow(mesh, in: image, timestamp: timestamp, searched: true)
  }

  /// Remembers a face that was found and completes what is known about it.
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

  /// Returns the mesh of the face that is still at a place; `nil` if it is not a face beyond doubt.
  private func remaining(_ image: YUVImage, at region: FaceRegion) throws -> FaceMesh? {
    let mesh = try networks.mesh.run(on: [(image, region)])[0]
    return mesh.presence > Self.surePresence ? mesh : nil
  }

  /// Searches for a face, first in the whole frame; returns its mesh, or `nil`.
  private func search(_ image: YUVImage, timestamp: Double) throws -> FaceMesh? {
    let whole = try networks.detector.detect(in: image, maximumFaces: Self.maximumFaces)
    func weight(_ face: DetectedFace) -> Double { FaceChoice.weight(of: face, width: image.width, height: image.height) }
    let bestScored = whole.first.map(weight) ?? 0
    for face in choice.ranked(whole, width: image.width, height: image.height, timestamp: timestamp) {
      let mesh = try networks.mesh.run(on: [(image, face.region)])[0]
      // MediaPipe, asked for one face, considers only the detection with the best score and accepts it. A face that it would not have
      // considered needs stronger evidence. So does one that it would follow for a single frame only because a second look at the mesh's
      // own region finds no face. A face more prominent than the best-scored one needs no stronger evidence than that one: scores fall as a head
      // turns and tilts, and the video's subject must not lose out to a small face in the background that looks straight ahead.
      if weight(face) < bestScored {
        if try isSurelyFace(mesh, in: image) { return mesh }
      } else if try mesh.presence > Self.surePresence || isConfirmed(mesh, in: image, above: Self.minimumPresence) {
        return mesh
      }
    }
    return try searchParts(of: image, timestamp: timestamp)
  }

  /// Searches parts of a frame that shows no face as a whole.
  private func searchParts(of image: YUVImage, timestamp: Double) throws -> FaceMesh? {
    if let lost = choice.awaited(at: timestamp) {
      let side = max(lost.width, lost.height) * Self.lostFaceWindow
      let window = FaceRegion(centre: lost.centre, width: side, height: side, rotation: 0)
      if let mesh = try sureFace(in: [window], of: image, timestamp: timestamp) { return mesh }
    }
    // The first frame without a face is searched completely, so that a still image is too; later frames one part each.
    let isFirst = plan == nil
    var plan = self.plan ?? SearchPlan(width: image.width, height: image.height)
    defer { self.plan = plan }
    return try sureFace(in: isFirst ? plan.windows : plan.next().map { [$0] } ?? [], of: image, timestamp: timestamp)
  }

  /// Returns the likeliest face in parts of a frame, if it is one beyond doubt.
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

  /// Whether a mesh is a face beyond doubt. It must be upright, since nothing else supports it.
  private func isSurelyFace(_ mesh: FaceMesh, in image: YUVImage) throws -> Bool {
    guard abs(HeadPose(mesh).roll) <= OrientationFinder.maximumRoll else { return false }
    return try isConfirmed(mesh, in: image, above: Self.surePresence)
  }

  /// Whether a second look, at the region around a mesh's landmarks, finds the same face.
  private func isConfirmed(_ mesh: FaceMesh, in image: YUVImage, above presence: Double) throws -> Bool {
    guard mesh.presence > presence else { return false }
    let second = try networks.mesh.run(on: [(image, mesh.nextRegion)])[0]
    return second.presence > presence && mesh.nextRegion.overlap(with: second.nextRegion) > 0.7
  }
}
