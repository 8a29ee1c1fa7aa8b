import FaceTracking
import VideoIO

/// Tracks the face, smooths its midline over time, and forms groups of frames.
struct TrackingStage: Sendable {
  let tracker: HandedOver<FaceTracker>
  let smoother: MidlineSmoother<FrameWithAudio>
  let groupSize: Int
  let input: BoundedQueue<DecodedItem>
  let output: BoundedQueue<FrameGroup>
  /// The exchange that this stage tells the total number of groups.
  let finished: OrderedExchange<FinishedGroup>
  let context: StageContext

  func run() throws {
    var smoother = smoother
    var group = FrameGroup(index: 0)
    // The audio of the frames that are in the smoother, by the index of the frame.
    var audio: [Int: [AudioPacket]] = [:]
    while let item = input.pop() {
      var observed: [(FrameWithAudio, FaceObservation)]
      switch item {
      case .frame(let source):
        let face = try context.compute(.track) { try tracker.value.track(source.frame.image, timestamp: source.frame.timestamp) }
        audio[source.frame.index] = source.audio
        observed = smoother.push(face, timestamp: source.frame.timestamp, payload: FrameWithAudio(frame: source.frame, audio: []))
      case .audio(let packets):
        // The audio of earlier frames is passed on as well, because packets must stay in order. The frames themselves stay in their group.
        let waiting = audio.sorted { $0.key < $1.key }.flatMap(\.value)
        let ahead = FrameGroup(index: group.index, trailingAudio: group.frames.flatMap(\.source.audio) + waiting + packets)
        audio = [:]
        guard output.push(ahead) else { return }
        let silent = group.frames.map { (FrameWithAudio(frame: $0.source.frame, audio: []), $0.observation) }
        group = FrameGroup(index: group.index + 1, frames: silent)
        observed = []
      case .end(let packets):
        observed = smoother.finish()
        group.trailingAudio = packets
      }
      for (source, observation) in observed {
        if group.frames.count == groupSize {
          let trailingAudio = group.trailingAudio
          group.trailingAudio = []
          guard output.push(group) else { return }
          group = FrameGroup(index: group.index + 1, trailingAudio: trailingAudio)
        }
        let packets = audio.removeValue(forKey: source.frame.index) ?? []
        group.frames.append((FrameWithAudio(frame: source.frame, audio: packets), observation))
      }
    }
    guard !context.control.isStopped, output.push(group) else { return }
    finished.finish(count: group.index + 1)
    output.close()
  }
}
