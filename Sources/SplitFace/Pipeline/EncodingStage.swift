import VideoIO

/// Encodes one of the videos, and finishes it when its queue is closed.
struct EncodingStage: Sendable {
  let writer: HandedOver<VideoWriter>
  let input: BoundedQueue<EncoderItem>
  let written: OneResult<WrittenVideo>
  let context: StageContext

  func run() throws {
    while let item = input.pop() {
      switch item {
      case .frame(let image, let pts, let duration):
        try context.compute(.encode) { try writer.value.write(image, pts: pts, duration: duration) }
      case .audio(let packet): try context.clock.measure(.write) { try writer.value.write(packet) }
      }
    }
    guard !context.control.isStopped else { return }
    written.set(try context.clock.measure(.write) { try writer.value.finish() })
  }
}
