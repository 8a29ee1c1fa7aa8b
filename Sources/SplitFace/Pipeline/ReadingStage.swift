import VideoIO

/// Decodes frames, and gathers the sound that stands between them.
struct ReadingStage: Sendable {
  let reader: HandedOver<VideoReader>
  let output: BoundedQueue<DecodedItem>
  let context: StageContext

  func run() throws {
    var audio: [AudioPacket] = []
    while !context.control.isStopped, let item = try context.compute(.read, { try reader.value.next() }) {
      switch item {
      case .audio(let packet): audio.append(packet)
      case .frame(let frame):
        guard output.push(.frame(FrameWithAudio(frame: frame, audio: audio))) else { return }
        audio = []
      }
    }
    _ = output.push(.end(audio))
    output.close()
  }
}
