import FaceNetworks
import FaceTracking
import VideoIO

/// Looks at some frames spread over a video, before the job processes it, to learn where the midline of the head lies in each shot.
///
/// What is learnt affects the midline of every frame, so it must be known before the first frame is mirrored. Learning it during the job
/// would mean holding back all frames, which would take too much memory.
///
/// A short video is decoded an additional time for this, except for the frames that no other frame refers to. Decoding it also finds the
/// cuts between shots. In a longer video, the reader jumps from key frame to key frame.
struct FirstLook {
  let info: VideoInfo
  let orientation: OrientationOption
  let networks: FaceLandmarkerNetworks
  let decoderThreads: Int
  let cancellation: VideoCancellation

  /// The largest number of threads that decode. During the first look nothing else needs the cores, but every thread holds frames in memory.
  static let mostDecoderThreads = 4
  /// The number of frames to look at.
  static let frames = 16
  /// The smallest distance, in frames, between two frames to look at. Frames that are nearer to each other show almost the same.
  static let shortestStep = 6
  /// The largest number of frames of a video that is decoded from beginning to end. At 30 frames per second, they last half a minute.
  static let longestDecoded = 900
  /// The number of different key frames that are enough to look at. If fewer are found, the video is decoded from beginning to end, unless
  /// it is too long.
  static let fewestKeyFrames = 10
  /// The largest number of frames of a video that is decoded from beginning to end because too few key frames were found in it. Encoders
  /// usually put at most 250 frames between key frames, so a longer video should have enough of them.
  static let longestDecodedWithoutKeyFrames = fewestKeyFrames * 250

  /// - Returns: the midline references of the shots in which enough frames show a face nearly from the front. There are none for a still
  ///   image or a very short video.
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
      // Seeking to several times may lead to the same key frame.
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
