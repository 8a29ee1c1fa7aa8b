import FaceNetworks
import FaceTracking
import VideoIO

/// Looks at some frames spread over a video, before the job processes it, to learn where the midline of the head lies in each shot.
///
/// What is learnt affects the midline of every frame, so it must be known before the first frame is mirrored. Learning it during the job
/// would mean holding back all frames, which would take too much memory.
///
/// A short video is decoded an additional time for this, except for the frames that no other frame refers to. Decoding it also finds the
/// cuts between shots. In a longer video, the reader jumps to key frames. If there are few of them, some frames after each are decoded too.
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
  /// The largest number of frames that are decoded one after the other. At 30 frames per second, they last 15 seconds. A video of up to this
  /// number is decoded from beginning to end.
  static let mostDecoded = 450
  /// The number of different key frames that are enough to look at. If fewer are found, the frames after them are looked at too.
  static let fewestKeyFrames = 10

  /// - Returns: the midline references of the shots in which enough frames show a face nearly from the front. There are none for a still
  ///   image or a very short video.
  /// - Throws: `VideoError`, `InferenceError`, `FaceNetworkError`.
  func references() throws -> ShotReferences {
    guard let count = info.estimatedFrameCount, !info.isStillImage, count >= MidlineReference.minimumLooks * Self.shortestStep else {
      return ShotReferences()
    }
    let (rate, step) = (info.frameRate.value, Self.mostDecoded / Self.frames)
    guard count > Self.mostDecoded else {
      return try looks(in: [-.infinity..<(.infinity)], step: max(Self.shortestStep, count / Self.frames)).references()
    }
    let starts = try keyFrames(count)
    guard !starts.isEmpty else { return try looks(in: [-.infinity..<(Double(Self.mostDecoded) / rate)], step: step).references() }
    let frames = starts.count >= Self.fewestKeyFrames ? 1 : Self.mostDecoded / max(1, starts.count)
    let stretches = starts.indices.map { index in
      let next = index + 1 < starts.count ? starts[index + 1] : .infinity
      return starts[index]..<min(starts[index] + (Double(frames) - 0.5) / rate, next)
    }
    return try looks(in: stretches, step: step).references()
  }

  /// Looks at a frame every `step` frames of the given stretches of time. A stretch begins with a key frame, or with the video.
  private func looks(in stretches: [Range<Double>], step: Int) throws -> ShotLooks {
    let reader = try reader(skipsUnreferencedFrames: true)
    var looks = ShotLooks(networks: networks)
    let step = Double(step) / info.frameRate.value
    for stretch in stretches {
      // Half a frame later, so that rounding does not lead to the key frame before.
      if stretch.lowerBound.isFinite, !reader.seek(to: stretch.lowerBound + 0.5 / info.frameRate.value) { break }
      var cuts = CutFinder(skipsFrames: true)
      var due = stretch.lowerBound
      while let frame = try nextFrame(of: reader), frame.timestamp < stretch.upperBound {
        if cuts.isCut(before: frame.image) { looks.cut(at: frame.timestamp) }
        guard frame.timestamp >= due else { continue }
        try looks.look(at: frame.image, timestamp: frame.timestamp)
        due = ((frame.timestamp / step).rounded(.down) + 1) * step
      }
    }
    return looks
  }

  /// Returns the times, in seconds, of the key frames before `Self.frames` times that are spread over the video.
  private func keyFrames(_ count: Int) throws -> [Double] {
    let reader = try reader()
    let length = info.duration ?? Double(count) / info.frameRate.value
    var times: [Double] = []
    for index in 0..<Self.frames {
      guard reader.seek(to: length * Double(index) / Double(Self.frames)), let frame = try nextFrame(of: reader) else { break }
      // Seeking to several times may lead to the same key frame.
      if frame.timestamp > times.last ?? -.infinity { times.append(frame.timestamp) }
    }
    return times
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
