/// Time spent in one stage, summed over its threads.
public struct StageTime: Sendable, Codable, Hashable {
  /// Seconds of wall-clock time that threads spent in the stage.
  public var wall: Double
  /// Seconds of processor time of those threads, not counting threads inside FFmpeg, x264 and ONNX Runtime.
  public var processor: Double

  public init(wall: Double, processor: Double) {
    self.wall = wall
    self.processor = processor
  }
}
