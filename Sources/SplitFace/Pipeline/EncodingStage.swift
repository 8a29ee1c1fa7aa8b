import Imaging
import Mirroring
import VideoIO

/// Encodes one of the videos, and finishes the file when its queue is closed.
struct EncodingStage: Sendable {
  /// Which image of each frame is encoded.
  enum Picture: Sendable {
    case left, right
    /// The source with the overlay. This stage draws the overlay itself, so that only three images of each frame are in memory, not four.
    case debug(DebugOverlay)
  }

  let picture: Picture
  let writer: HandedOver<VideoWriter>
  let pool: PixelMemoryPool
  let input: BoundedQueue<EncoderItem>
  let written: OneResult<WrittenVideo>
  let context: StageContext

  func run() throws {
    while let item = input.pop() {
      switch item {
      case .frame(let frame):
        guard let image = image(of: frame) else { continue }
        let source = frame.source.frame
        try context.compute(.encode) { try writer.value.write(image, pts: source.pts, duration: source.duration) }
      case .audio(let packet): try context.clock.measure(.write) { try writer.value.write(packet) }
      }
    }
    guard !context.control.isStopped else { return }
    written.set(try context.clock.measure(.write) { try writer.value.finish() })
  }

  private func image(of frame: FinishedFrame) -> YUVImage? {
    switch picture {
    case .left: frame.pictures?.left
    case .right: frame.pictures?.right
    case .debug(let overlay):
      context.compute(.overlay) {
        let source = frame.source.frame
        return overlay.draw(
          on: source.image, observation: frame.observation, frameNumber: source.index + 1, timestamp: source.timestamp, pool: pool)
      }
    }
  }
}
