import VideoIO

/// Decodes frames, and collects the audio that precedes each frame. The amount is limited, because a file may contain hours of audio before
/// its next frame.
struct ReadingStage: Sendable {
  let reader: HandedOver<VideoReader>
  let output: BoundedQueue<DecodedItem>
  let context: StageContext

  /// The maximum number of bytes of compressed audio that wait for the next frame. Further audio is passed on before the frame.
  static let audioLimit = 4 << 20

  func run() throws {
    var audio: [AudioPacket] = []
    var bytes = 0
    while !context.control.isStopped, let item = try context.compute(.read, { try reader.value.next() }) {
      switch item {
      case .audio(let packet):
        audio.append(packet)
        bytes += packet.byteCount
        if bytes >= Self.audioLimit {
          guard output.push(.audio(audio)) else { return }
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
