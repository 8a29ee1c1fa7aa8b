import FaceTracking
import VideoIO

/// Follows the face, smooths its midline over time, and forms groups of frames.
struct TrackingStage: Sendable {
  let tracker: HandedOver<FaceTracker>
  let smoother: MidlineSmoother<FrameWithAudio>
  let groupSize: Int
  let input: BoundedQueue<DecodedItem>
  let output: BoundedQueue<FrameGroup>
  /// Told how many groups there are in all.
  let finished: OrderedExchange<FinishedGroup>
  let context: StageContext

  func run() throws {
    var smoother = smoother
    var group = FrameGroup(index: 0)
    while let item = input.pop() {
      var observed: [(FrameWithAudio, FaceObservation)]
      switch item {
      case .frame(let source):
        let face = try context.compute(.track) { try tracker.value.track(source.frame.image, timestamp: source.frame.timestamp) }
        observed = smoother.push(face, timestamp: source.frame.timestamp, payload: source)
      case .end(let audio):
        observed = smoother.finish()
        group.trailingAudio = audio
      }
      for (source, observation) in observed {
        if group.frames.count == groupSize {
          let audio = group.trailingAudio
          group.trailingAudio = []
          guard output.push(group) else { return }
          group = FrameGroup(index: group.index + 1, trailingAudio: audio)
        }
        group.frames.append((source, observation))
      }
    }
    guard !context.control.isStopped, output.push(group) else { return }
    finished.finish(count: group.index + 1)
    output.close()
  }
}
