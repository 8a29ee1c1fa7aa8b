/// Time spent in one stage, summed over its threads.
public struct StageTime: Sendable, Codable, Hashable {
  /// The wall-clock time that threads spent in the stage, in seconds.
  public var wall: Double
  /// The processor time of those threads in seconds, without that of threads inside FFmpeg, x264 and ONNX Runtime.
  public var processor: Double

  public init(wall: Double, processor: Double) {
    self.wall = wall
    self.processor = processor
  }
}
