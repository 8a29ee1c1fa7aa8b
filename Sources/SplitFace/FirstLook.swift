import FaceNetworks
import FaceTracking
import VideoIO

/// Looks at a few frames spread over a video, before the job, to learn where the head's midline lies.
///
/// The midline of every frame depends on it, from the first on, so it must be known before the first frame is mirrored; to hold frames back
/// instead would take memory for all of them.
///
/// In videos of up to `longestDecoded` frames every frame up to the last look is decoded, and again when the job runs. In longer ones the reader goes from key frame to key frame. Where a format cannot do that, the look ends.
struct FirstLook {
  let info: VideoInfo
  let orientation: OrientationOption
  let networks: FaceLandmarkerNetworks
  let decoderThreads: Int

  /// The number of frames to look at. The median of two dozen is steady to a fifth of the noise of one frame.
  static let frames = 24
  /// The smallest distance between two looks, in frames. Neighbouring frames show the same.
  static let shortestStep = 6
  /// Decoding this many frames takes a second or two, as a face video of half a minute has them.
  static let longestDecoded = 900

  /// - Returns: `nil` if there are too few frames with a face that is seen nearly from the front, as in a still image.
  /// - Throws: `VideoError`, `InferenceError`, `FaceNetworkError`.
  func midlineReference(cancellation: VideoCancellation) throws -> MidlineReference? {
    guard let count = info.estimatedFrameCount, !info.isStillImage else { return nil }
    if count < MidlineReference.minimumLooks * Self.shortestStep { return nil }
    let reader = try VideoReader(
      path: info.path,
      options: VideoReaderOptions(
        orientation: orientation, decoderThreads: decoderThreads, wantsAudio: false, cancellation: cancellation))
    // One tracker for all looks, so that they are of one face if there are several.
    var looks = LooksAtFace(tracker: FaceTracker(networks: networks), networks: networks)
    if count <= Self.longestDecoded {
      let step = max(Self.shortestStep, count / Self.frames)
      while let item = try reader.next() {
        if case .frame(let frame) = item, frame.index % step == 0 { try looks.add(frame) }
      }
    } else {
      let length = info.duration ?? Double(count) / info.frameRate.value
      for index in 0..<Self.frames {
        guard reader.seek(to: length * Double(index) / Double(Self.frames)) else { break }
        while let item = try reader.next() {
          guard case .frame(let frame) = item else { continue }
          try looks.add(frame)
          break
        }
      }
    }
    return MidlineReference(looks.found)
  }

  private struct LooksAtFace {
    let tracker: FaceTracker
    let networks: FaceLandmarkerNetworks
    var found: [HeadLook] = []
    private var last = -Double.infinity

    init(tracker: FaceTracker, networks: FaceLandmarkerNetworks) {
      self.tracker = tracker
      self.networks = networks
    }

    mutating func add(_ frame: VideoFrame) throws {
      // Two places may lie behind the same key frame.
      guard frame.timestamp > last else { return }
      last = frame.timestamp
      guard let mesh = try tracker.track(frame.image, timestamp: frame.timestamp).mesh,
        let look = try HeadLook(at: mesh, in: frame.image, networks: networks)
      else { return }
      found.append(look)
    }
  }
}
