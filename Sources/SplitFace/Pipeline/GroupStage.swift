import ActionUnits
import FaceTracking
import Imaging
import Mirroring
import Report
import VideoIO

/// Makes the pictures of a group of frames and measures its faces. Several run at once, on different groups.
struct GroupStage: Sendable {
  let mirrors: Bool
  /// Nil where the job does not measure.
  let engine: (any ActionUnitEngine)?
  let pool: PixelMemoryPool
  let input: BoundedQueue<FrameGroup>
  let output: OrderedExchange<FinishedGroup>
  let context: StageContext

  func run() throws {
    while let group = input.pop() {
      let pictures = group.frames.map { source, observation in mirrors ? mirror(source.frame.image, observation) : nil }
      let readings = try engine.map { try measure(group, pictures: pictures, engine: $0) }
      let frames = group.frames.indices.map { index in
        FinishedFrame(
          source: group.frames[index].source, observation: group.frames[index].observation, pictures: pictures[index],
          readings: readings?[index])
      }
      guard output.deposit(FinishedGroup(frames: frames, trailingAudio: group.trailingAudio), at: group.index) else { return }
    }
  }

  private func mirror(_ image: YUVImage, _ observation: FaceObservation) -> FinishedFrame.Pictures {
    let pair = context.compute(.mirror) { FaceMirror.mirror(image, midline: observation.midline, pool: pool) }
    return FinishedFrame.Pictures(left: pair.left, right: pair.right)
  }

  /// A call of the engine for each side's consecutive frames, so that the networks see them as one batch.
  private func measure(
    _ group: FrameGroup, pictures: [FinishedFrame.Pictures?], engine: any ActionUnitEngine
  ) throws -> [FinishedFrame.Readings] {
    guard mirrors else {
      let samples = group.frames.map {
        FaceSample(image: $0.source.frame.image, mesh: $0.observation.unsmoothedMesh, timestamp: $0.source.frame.timestamp)
      }
      return try context.compute(.measure) { try engine.measure(samples) }.map { .whole($0) }
    }
    func readings(of side: FaceSide) throws -> [ActionUnitReading] {
      // A batch may take a while, and who stops a job wants it to end within a second.
      if let failure = context.control.failure { throw failure }
      let mirrored = group.frames.indices.filter { group.frames[$0].observation.state == .found }
      let samples = mirrored.compactMap { index in
        pictures[index].map {
          FaceSample(side, of: $0, observation: group.frames[index].observation, timestamp: group.frames[index].source.frame.timestamp)
        }
      }
      // A frame that was passed through unmirrored shows no mirrored face to measure; where an earlier midline was held
      // there is no face that anything is known of.
      var readings = [ActionUnitReading](repeating: .noFace, count: group.frames.count)
      for (index, reading) in zip(mirrored, try context.compute(.measure) { try engine.measure(samples) }) { readings[index] = reading }
      return readings
    }
    return zip(try readings(of: .left), try readings(of: .right)).map { .sides(left: $0, right: $1) }
  }
}
