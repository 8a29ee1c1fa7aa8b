import FaceNetworks
import FaceTracking
import VideoIO

/// Looks at some frames spread over a video, before the job, to learn where the head's midline lies.
///
/// The midline of every frame depends on it, from the first on, so it must be known before the first frame is mirrored; to hold frames back
/// instead would take memory for all of them.
///
/// Short videos are decoded a first time for it, except for frames that no other frame refers to. This also finds cuts. In longer videos the
/// reader goes from key frame to key frame.
struct FirstLook {
  let info: VideoInfo
  let orientation: OrientationOption
  let networks: FaceLandmarkerNetworks
  let decoderThreads: Int
  let cancellation: VideoCancellation

  /// The number of frames to look at.
  static let frames = 16
  /// The smallest distance between two looks, in frames. Neighbouring frames show the same.
  static let shortestStep = 6
  /// The number of frames up to which a video is decoded: half a minute of most.
  static let longestDecoded = 900
  /// If a video has fewer key frames at different places than this, they are too few to look at.
  static let fewestKeyFrames = 10
  /// The number of frames up to which a video with too few key frames, or with none that can be found, is decoded nevertheless. Usual
  /// encoders leave at most 250 frames between key frames, so that longer videos have enough.
  static let longestDecodedWithoutKeyFrames = fewestKeyFrames * 250

  /// - Returns: the references of the shots that show a face nearly from the front often enough; none for a still image.
  /// - Throws: `VideoError`, `InferenceError`, `FaceNetworkError`.
  func references() throws -> ShotReferences {
    guard let count = info.estimatedFrameCount, !info.isStillImage, count >= MidlineReference.minimumLooks * Self.shortestStep else {
      return ShotReferences()
    }
    if count <= Self.longestDecoded { return try decoding(count).references() }
    let looks = try atKeyFrames(count)
    let isEnough = looks.count >= Self.fewestKeyFrames || count > Self.longestDecodedWithoutKeyFrames
    return try (isEnough ? looks : decoding(count)).references()
  }

  private func decoding(_ count: Int) throws -> ShotLooks {
    let reader = try reader(skipsUnreferencedFrames: true)
    var looks = ShotLooks(networks: networks)
    var cuts = CutFinder(skipsFrames: true)
    let step = Double(max(Self.shortestStep, count / Self.frames)) / info.frameRate.value
    var due = 0.0
    while let item = try reader.next() {
      guard case .frame(let frame) = item else { continue }
      if cuts.isCut(before: frame.image) { looks.cut(at: frame.timestamp) }
      guard frame.timestamp >= due else { continue }
      try looks.look(at: frame.image, timestamp: frame.timestamp)
      due = ((frame.timestamp / step).rounded(.down) + 1) * step
    }
    return looks
  }

  private func atKeyFrames(_ count: Int) throws -> ShotLooks {
    let reader = try reader()
    var looks = ShotLooks(networks: networks)
    let length = info.duration ?? Double(count) / info.frameRate.value
    var last = -Double.infinity
    for index in 0..<Self.frames {
      guard reader.seek(to: length * Double(index) / Double(Self.frames)), let frame = try nextFrame(of: reader) else { break }
      // Several places may lie behind the same key frame.
      guard frame.timestamp > last else { continue }
      last = frame.timestamp
      try looks.look(at: frame.image, timestamp: frame.timestamp)
    }
    return looks
  }

  private func nextFrame(of reader: VideoReader) throws -> VideoFrame? {
    while let item = try reader.next() {
      if case .frame(let frame) = item { return frame }
    }
    return nil
  }

  private func reader(skipsUnreferencedFrames: Bool = false) throws -> VideoReader {
    var options = VideoReaderOptions(
      orientation: orientation, decoderThreads: decoderThreads, wantsAudio: false, cancellation: cancellation)
    options.skipsUnreferencedFrames = skipsUnreferencedFrames
    return try VideoReader(path: info.path, options: options)
  }
}
