import FaceNetworks

/// Smooths the midline over time without lag and bridges short gaps. It delays frames by half a window.
///
/// The midline of a frame is computed from its unsmoothed mesh and the `MidlineReference` of its shot, or from the mesh alone if the shot has
/// no reference. To smooth an end point of the midline, a straight line over time is fitted to the positions of that point within
/// ±`halfWindow` of the frame, and evaluated at the time of the frame. The fit is least squares with triangular weights over timestamps, so
/// it is also correct for variable frame rates and at the ends of a clip, and does not change steady motion. Frames of another track are
/// ignored; a new track begins where the face was lost or at a cut.
///
/// Each frame pushed is returned once, in order. Use a new smoother for each video.
public struct MidlineSmoother<Payload> {
  fileprivate struct Entry {
    let payload: Payload
    let face: TrackedFace
    let timestamp: Double
  }
  private struct Sample {
    let track: Int
    let timestamp: Double
    let midline: Midline
  }

  private let references: ShotReferences
  private let halfWindow: Double
  private let maximumHold: Double
  private let maximumFrames: Int
  private var waiting: [Entry] = []
  private var samples: [Sample] = []
  private var held: (midline: Midline, timestamp: Double)?

  /// - Parameters:
  ///   - halfWindow: the length of the window before and after a frame, seconds.
  ///   - maximumHold: the time without a face for which the last midline is kept, seconds.
  ///   - maximumFrames: the largest number of frames that wait. It narrows the window at very high frame rates.
  public init(halfWindow: Double = 0.1, maximumHold: Double = 0.25, maximumFrames: Int = 12) {
    self.init(references: ShotReferences(), halfWindow: halfWindow, maximumHold: maximumHold, maximumFrames: maximumFrames)
  }

  /// - Parameter references: the midline reference of each shot. In frames without a reference, the midline is that of the mesh.
  package init(references: ShotReferences, halfWindow: Double = 0.1, maximumHold: Double = 0.25, maximumFrames: Int = 12) {
    self.references = references
    self.halfWindow = halfWindow
    self.maximumHold = maximumHold
    self.maximumFrames = max(maximumFrames, 1)
  }

  /// Takes the next frame.
  /// - Parameters:
  ///   - timestamp: seconds; not earlier than the last one.
  ///   - payload: a value that is returned with the frame.
  /// - Returns: the frames whose window is now complete, in order.
  public mutating func push(_ face: TrackedFace, timestamp: Double, payload: Payload) -> [(Payload, FaceObservation)] {
    waiting.append(Entry(payload: payload, face: face, timestamp: timestamp))
    if let midline = face.mesh.flatMap({ self.midline(of: $0, at: timestamp) }) {
      samples.append(Sample(track: face.track, timestamp: timestamp, midline: midline))
    }
    var complete: [(Payload, FaceObservation)] = []
    while let first = waiting.first, timestamp - first.timestamp > halfWindow || waiting.count > maximumFrames {
      complete.append(release(first))
    }
    return complete
  }

  /// Returns the remaining frames. Nothing may be pushed afterwards.
  public mutating func finish() -> [(Payload, FaceObservation)] {
    var rest: [(Payload, FaceObservation)] = []
    while let first = waiting.first { rest.append(release(first)) }
    samples = []
    held = nil
    return rest
  }

  private mutating func release(_ entry: Entry) -> (Payload, FaceObservation) {
    waiting.removeFirst()
    let (oldest, halfWindow, maximumFrames) = (entry.timestamp, halfWindow, maximumFrames)
    let past = samples.count { $0.timestamp < oldest }
    // No more frames before than there may be after, so that the window is not lopsided.
    let outOfReach = max(samples.prefix(past).count { oldest - $0.timestamp > halfWindow }, past - maximumFrames)
    samples.removeFirst(outOfReach)
    return (entry.payload, observation(of: entry))
  }

  private mutating func observation(of entry: Entry) -> FaceObservation {
    let face = entry.face
    guard let mesh = face.mesh, let own = midline(of: mesh, at: entry.timestamp) else {
      guard let held, entry.timestamp - held.timestamp <= maximumHold else { return .absent }
      return FaceObservation(state: .held, midline: held.midline)
    }
    let midline = fitted(at: entry.timestamp, track: face.track) ?? own
    held = (midline, entry.timestamp)
    return FaceObservation(
      state: .found, mesh: face.smoothed ?? mesh, unsmoothedMesh: mesh, blendshapes: face.blendshapes, midline: midline,
      pose: face.pose, quality: face.quality?.value ?? 0, grade: face.quality?.grade ?? .poor, qualityLimit: face.quality?.limit,
      confidence: mesh.presence)
  }

  private func midline(of mesh: FaceMesh, at timestamp: Double) -> Midline? {
    references.reference(at: timestamp).map { $0.midline(of: mesh) } ?? Midline(mesh)
  }

  /// Fits a straight line to the samples around a time and evaluates it there.
  private func fitted(at time: Double, track: Int) -> Midline? {
    // Weights are not quite zero at the window's ends, so that at a low frame rate the neighbours still have some influence.
    let reach = halfWindow * 1.2
    var (weight, moment, spread) = (0.0, 0.0, 0.0)
    var (value, slope) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
    for sample in samples where sample.track == track {
      let offset = sample.timestamp - time
      guard abs(offset) <= halfWindow else { continue }
      let w = 1 - abs(offset) / max(reach, .leastNormalMagnitude)
      let v = SIMD4(lowHalf: sample.midline.glabella, highHalf: sample.midline.chin)
      weight += w
      moment += w * offset
      spread += w * offset * offset
      value += w * v
      slope += w * offset * v
    }
    let determinant = weight * spread - moment * moment
    // A single sample, or several at the same time, have no slope.
    let fit = determinant > 1e-12 * weight * weight ? (spread * value - moment * slope) / determinant : value / weight
    return Midline(glabella: fit.lowHalf, chin: fit.highHalf)
  }
}

extension MidlineSmoother: Sendable where Payload: Sendable {}
extension MidlineSmoother.Entry: Sendable where Payload: Sendable {}
