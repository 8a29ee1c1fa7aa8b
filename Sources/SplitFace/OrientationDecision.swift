import FaceNetworks
import FaceTracking
import Imaging
import Results
import VideoIO

/// How a video is turned upright, and why.
struct OrientationDecision {
  let option: OrientationOption
  /// For the manifest and the user.
  let reason: String

  /// Frames that are looked at: the first, then later ones at growing distances, until faces agree. A phone may still be
  /// turning when it starts to record.
  private static let distances = [0, 5, 15, 40, 90]
  /// Where the file says nothing and none of these shows a face, it may enter later. From the first of these frames that shows one, frames at
  /// the distances above are looked at. What is looked at is decoded, and all but the first frame once more when the job runs, so no
  /// more than 891 frames are: a face that enters later than frame 800 turns nothing.
  private static let laterFrames = [200, 400, 800]

  /// - Parameter reader: opened with the orientation `.metadata`; no frame has been taken from it, and none is taken here.
  /// - Throws: `VideoError`, `InferenceError`, `FaceNetworkError`.
  init(reader: VideoReader, choice: OrientationChoice, networks: FaceLandmarkerNetworks, cancellation: VideoCancellation) throws {
    switch choice {
    case .turned0, .turned90, .turned180, .turned270:
      // The raw values are degrees.
      let degrees = Int(choice.rawValue) ?? 0
      option = .fixed(ImageOrientation(quarterTurnsClockwise: degrees / 90))
      reason = "turned clockwise by \(degrees)°, as asked"
    case .metadata:
      option = .metadata
      reason = "as the file's display matrix says"
    case .auto: (option, reason) = try Self.look(at: reader, networks: networks, cancellation: cancellation)
    }
  }

  /// The file's word stands where the first face that is seen is upright by it. Otherwise another turn must be seen in two frames (in the
  /// one frame, of a still picture) and more often than any other: one false detection may not turn a video over.
  private static func look(
    at reader: VideoReader, networks: FaceLandmarkerNetworks, cancellation: VideoCancellation
  ) throws -> (OrientationOption, String) {
    let info = reader.info
    precondition(info.orientation == info.displayOrientation ?? .up, "what is found is a turn from the metadata's")
    let metadata = info.displayOrientation == nil ? "as stored, since the file says nothing" : "as the file's display matrix says"
    let upright = (OrientationOption.metadata, "\(metadata), where the face is upright")
    var votes: [ImageOrientation: Int] = [:]
    var looked = 0
    var plan = distances[...]
    var later = info.displayOrientation == nil ? laterFrames[...] : []
    func seesFace(_ image: YUVImage) throws -> Bool {
      looked += 1
      guard let turn = try OrientationFinder.orientation(of: [image], networks: networks)?.orientation else { return false }
      votes[turn, default: 0] += 1
      later = []
      return true
    }
    // In nearly all videos the first frame is enough, and the reader has it at hand. In a still picture there is no other.
    if let image = reader.firstFrame() {
      plan.removeFirst()
      if try seesFace(image), votes == [.up: 1] { return upright }
    }
    let frames =
      info.isStillImage
      ? nil
      : try VideoReader(
        path: info.path, options: VideoReaderOptions(orientation: .metadata, wantsAudio: false, cancellation: cancellation))
    while let next = plan.first ?? later.first, let item = try frames?.next() {
      guard case .frame(let frame) = item, frame.index == next else { continue }
      let isLate = plan.isEmpty
      if isLate { later.removeFirst() } else { plan.removeFirst() }
      guard try seesFace(frame.image) else { continue }
      if votes == [.up: 1] { return upright }
      if isLate { plan = distances.dropFirst().map { next + $0 }[...] }
    }
    let winner = votes.max { $0.value < $1.value }
    guard let winner, winner.key != .up, winner.value >= min(2, looked), votes.values.filter({ $0 == winner.value }).count == 1 else {
      return (.metadata, votes.isEmpty ? "\(metadata); no face was seen in \(looked) frames" : metadata)
    }
    let turned = info.orientation.followed(by: winner.key)
    return (
      .fixed(turned),
      "\(degrees(winner.key))° clockwise from where the file has it: so the face is upright in \(winner.value) of \(looked) frames"
    )
  }

  private static func degrees(_ turn: ImageOrientation) -> Int {
    switch turn {
    case .right: 90
    case .down: 180
    case .left: 270
    default: 0
    }
  }
}
