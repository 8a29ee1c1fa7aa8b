import ActionUnits
import FaceTracking
import Imaging
import Measures
import Mirroring
import VideoIO

/// Mirrors the frames of a group and measures their faces. Several threads run this stage at the same time, on different groups.
struct GroupStage: Sendable {
  let mirrors: Bool
  /// Nil if the job does not measure.
  let engine: (any ActionUnitEngine)?
  let pool: PixelMemoryPool
  /// What the engine remembers of the faces, passed from each group to the next, regardless of the threads that process them.
  let trails: OrderedRelay<FaceTrails>
  let input: BoundedQueue<FrameGroup>
  let output: OrderedExchange<FinishedGroup>
  let context: StageContext

  func run() throws {
    while let group = input.pop() {
      let pictures = group.frames.map { source, observation in mirrors ? mirror(source.frame.image, observation) : nil }
      var drafts: [Measured<ActionUnitDraft>]?
      if let engine {
        let samples = group.frames.indices.map { sample(of: group.frames[$0], pictures: pictures[$0]) }
        guard let located = try locate(samples, index: group.index, engine: engine) else { return }
        drafts = try measure(located, engine: engine)
      }
      let frames = group.frames.indices.map { index in
        FinishedFrame(
          source: group.frames[index].source, observation: group.frames[index].observation, pictures: pictures[index],
          drafts: drafts?[index])
      }
      guard output.deposit(FinishedGroup(frames: frames, trailingAudio: group.trailingAudio), at: group.index) else { return }
    }
  }

  private func mirror(_ image: YUVImage, _ observation: FaceObservation) -> FinishedFrame.Pictures {
    let pair = context.compute(.mirror) { FaceMirror.mirror(image, midline: observation.midline, pool: pool) }
    return FinishedFrame.Pictures(left: pair.left, right: pair.right)
  }

  /// Returns the samples of a frame to measure.
  ///
  /// If the job mirrors and no face was found, there are none, because the frame was not mirrored, or was mirrored across the midline of an
  /// earlier frame. If the job does not mirror, the frame always goes to the engine, which decides what to do if the tracker has found no
  /// face (see `JobKind.extract`).
  private func sample(of frame: (source: FrameWithAudio, observation: FaceObservation), pictures: FinishedFrame.Pictures?) -> FrameSamples {
    let timestamp = frame.source.frame.timestamp
    guard let pictures else {
      return .whole(
        FaceSample(image: frame.source.frame.image, mesh: frame.observation.unsmoothedMesh, isTracked: true, timestamp: timestamp))
    }
    guard frame.observation.state == .found else { return .nothing }
    return .sides(
      left: FaceSample(.left, of: pictures, observation: frame.observation, timestamp: timestamp),
      right: FaceSample(.right, of: pictures, observation: frame.observation, timestamp: timestamp))
  }

  /// Lets the engine find the faces in the samples, in the order of the frames.
  /// - Returns: the samples with the places of their faces; nil if the job was stopped.
  private func locate(_ samples: [FrameSamples], index: Int, engine: any ActionUnitEngine) throws -> [FrameSamples]? {
    try trails.with(index) { trails in
      try context.compute(.measure) {
        try samples.map { sample in
          switch sample {
          case .whole(let sample): return .whole(try engine.locate(sample, after: &trails.left))
          case .sides(let left, let right):
            return .sides(left: try engine.locate(left, after: &trails.left), right: try engine.locate(right, after: &trails.right))
          case .nothing:
            trails = FaceTrails()
            return .nothing
          }
        }
      }
    }
  }

  /// Calls the engine once for both sides of all frames, so that the networks get them as one batch.
  private func measure(_ samples: [FrameSamples], engine: any ActionUnitEngine) throws -> [Measured<ActionUnitDraft>] {
    let batch = samples.flatMap(\.all)
    // A batch may take a while. A job that was stopped should end within a second, so it does not start another batch.
    if let failure = context.control.failure { throw failure }
    var drafts = batch.isEmpty ? [][...] : try context.infer { try engine.begin(batch) }[...]
    return samples.map { sample in
      switch sample {
      case .whole: .whole(drafts.removeFirst())
      case .sides: .sides(left: drafts.removeFirst(), right: drafts.removeFirst())
      case .nothing: .sides(left: ActionUnitDraft(.noFace), right: ActionUnitDraft(.noFace))
      }
    }
  }
}

/// The samples of one frame that are measured.
private enum FrameSamples {
  case whole(FaceSample)
  case sides(left: FaceSample, right: FaceSample)
  case nothing

  var all: [FaceSample] {
    switch self {
    case .whole(let sample): [sample]
    case .sides(let left, let right): [left, right]
    case .nothing: []
    }
  }
}

/// What the engine remembers of the faces of both sides. For an unmirrored video, `left` is used for the only face.
struct FaceTrails: Sendable {
  var left = FaceTrail()
  var right = FaceTrail()
}
