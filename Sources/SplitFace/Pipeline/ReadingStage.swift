import VideoIO

/// Decodes frames, and gathers the sound that stands between them, up to a limit: a file may hold hours of it before its next frame.
struct ReadingStage: Sendable {
  let reader: HandedOver<VideoReader>
  let output: BoundedQueue<DecodedItem>
  let context: StageContext

  /// Bytes of compressed sound that wait for a frame; what is beyond goes ahead of it.
  static let heldSound = 4 << 20

  func run() throws {
    var audio: [AudioPacket] = []
    var bytes = 0
    while !context.control.isStopped, let item = try context.compute(.read, { try reader.value.next() }) {
      switch item {
      case .audio(let packet):
        audio.append(packet)
        bytes += packet.byteCount
        if bytes >= Self.heldSound {
          guard output.push(.sound(audio)) else { return }
          (audio, bytes) = ([], 0)
        }
      case .frame(let frame):
        guard output.push(.frame(FrameWithAudio(frame: frame, audio: audio))) else { return }
        (audio, bytes) = ([], 0)
      }
    }
    _ = output.push(.end(audio))
    output.close()
  }
}
