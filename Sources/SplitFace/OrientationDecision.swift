import FaceNetworks
import FaceTracking
import Imaging
import Results
import VideoIO

/// How a video is turned upright, and why.
struct OrientationDecision {
  let option: OrientationOption
  /// One line for the run record and the user.
  let reason: String

  /// Decides how a video is turned.
  /// - Parameter reader: a reader that was opened with the orientation `.metadata`, and from which no frame has been read. The initializer
  ///   reads no frame from it either.
  /// - Throws: `VideoError`, `InferenceError`, `FaceNetworkError`.
  init(reader: VideoReader, choice: OrientationChoice, networks: FaceLandmarkerNetworks, cancellation: VideoCancellation) throws {
    switch choice {
    case .turned0, .turned90, .turned180, .turned270:
      // The raw values of `OrientationChoice` are degrees.
      let degrees = Int(choice.rawValue) ?? 0
      option = .fixed(ImageOrientation(quarterTurnsClockwise: degrees / 90))
      reason = "turned clockwise by \(degrees)°, as requested"
    case .metadata:
      option = .metadata
      reason = "turned as the file's display matrix says"
    case .auto:
      let vote = try Self.vote(on: reader, networks: networks, cancellation: cancellation)
      (option, reason) = Self.decision(vote, info: reader.info)
    }
  }

  /// Looks for the face in a few frames, until a frame shows that the file's own orientation is right or all planned frames were looked at.
  private static func vote(
    on reader: VideoReader, networks: FaceLandmarkerNetworks, cancellation: VideoCancellation
  ) throws -> OrientationVote {
    let info = reader.info
    precondition(info.orientation == info.displayOrientation ?? .up, "turns are found relative to the file's own orientation")
    var vote = OrientationVote()
    var plan = FramePlan(searchesLate: info.displayOrientation == nil)
    func look(at image: YUVImage, index: Int) throws {
      let turn = try OrientationFinder.uprightTurn(of: image, networks: networks)
      vote.add(turn)
      plan.advance(from: index, showsFace: turn != nil)
    }
    // In nearly all videos the first frame is enough, and the reader has decoded it already. A still image has no other frame.
    if let image = reader.firstFrame() { try look(at: image, index: 0) }
    if vote.outcome == .upright || info.isStillImage { return vote }
    let frames = try VideoReader(
      path: info.path, options: VideoReaderOptions(orientation: .metadata, wantsAudio: false, cancellation: cancellation))
    while vote.outcome != .upright, let next = plan.next, let item = try frames.next() {
      if case .frame(let frame) = item, frame.index == next { try look(at: frame.image, index: next) }
    }
    return vote
  }

  private static func decision(_ vote: OrientationVote, info: VideoInfo) -> (OrientationOption, String) {
    let metadata =
      info.displayOrientation == nil ? "not turned, since the file states no orientation" : "turned as the file's display matrix says"
    let frames = vote.frames == 1 ? "1 frame" : "\(vote.frames) frames"
    switch vote.outcome {
    case .noFace: return (.metadata, "\(metadata); no face was found in \(frames)")
    case .upright: return (.metadata, "\(metadata); the face is upright")
    case .undecided: return (.metadata, metadata)
    case .turn(let turn, let agreeing):
      let turned = "turned \(degrees(turn))° clockwise from the file's own orientation"
      return (.fixed(info.orientation.followed(by: turn)), "\(turned): the face is then upright in \(agreeing) of \(frames)")
    }
  }

  private static func degrees(_ turn: ImageOrientation) -> Int {
    switch turn {
    case .right: 90
    case .down: 180
    case .left: 270
    default: 0
    }
  }

  /// The indices of the frames to look at, counted from 0, in ascending order.
  private struct FramePlan {
    /// The frames to look at first. The distances between them grow, because a phone may still be turning when it starts to record.
    private static let distances = [0, 5, 15, 40, 90]
    /// The frames to look at next, in case the face enters late. After the first of them that shows a face, `distances` is applied again,
    /// counted from that frame.
    ///
    /// The search has to decode all frames up to the last one that it looks at, and the job decodes them again. It is therefore limited to
    /// 891 frames, and a face that enters after frame 800 does not affect the orientation.
    private static let lateFrames = [200, 400, 800]

    private var planned = distances[...]
    private var late: ArraySlice<Int>

    /// Plans which frames to look at.
    /// - Parameter searchesLate: whether to look for a face that enters late. This is worth the time if the file states no orientation.
    init(searchesLate: Bool) { late = searchesLate ? Self.lateFrames[...] : [] }

    var next: Int? { planned.first ?? late.first }

    /// Moves on to the next planned frame.
    /// - Parameters:
    ///   - index: the index of the frame that was looked at. It must be the value of ``next``.
    ///   - showsFace: whether a face was found in it.
    mutating func advance(from index: Int, showsFace: Bool) {
      if planned.isEmpty {
        late.removeFirst()
        if showsFace { planned = Self.distances.dropFirst().map { index + $0 }[...] }
      } else {
        planned.removeFirst()
      }
      if showsFace { late = [] }
    }
  }
}
