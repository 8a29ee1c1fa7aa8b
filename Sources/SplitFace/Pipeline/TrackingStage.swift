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
    // Of the frames that the smoother holds, by their numbers.
    var sound: [Int: [AudioPacket]] = [:]
    while let item = input.pop() {
      var observed: [(FrameWithAudio, FaceObservation)]
      switch item {
      case .frame(let source):
        let face = try context.compute(.track) { try tracker.value.track(source.frame.image, timestamp: source.frame.timestamp) }
        sound[source.frame.index] = source.audio
        observed = smoother.push(face, timestamp: source.frame.timestamp, payload: FrameWithAudio(frame: source.frame, audio: []))
      case .sound(let packets):
        // It must not overtake sound that came before, so that goes along. Which frames make a group stays as it is.
        let waiting = sound.sorted { $0.key < $1.key }.flatMap(\.value)
        let ahead = FrameGroup(index: group.index, trailingAudio: group.frames.flatMap(\.source.audio) + waiting + packets)
        sound = [:]
        guard output.push(ahead) else { return }
        let silent = group.frames.map { (FrameWithAudio(frame: $0.source.frame, audio: []), $0.observation) }
        group = FrameGroup(index: group.index + 1, frames: silent)
        observed = []
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
        let audio = sound.removeValue(forKey: source.frame.index) ?? []
        group.frames.append((FrameWithAudio(frame: source.frame, audio: audio), observation))
      }
    }
    guard !context.control.isStopped, output.push(group) else { return }
    finished.finish(count: group.index + 1)
    output.close()
  }
}
