/// The time that was spent in one stage of a job, summed over the stage's threads.
public struct StageTime: Sendable, Codable, Hashable {
  /// The wall-clock time that threads spent in the stage, in seconds.
  public var wall: Double
  /// The processor time that these threads used in the stage, in seconds. The threads that FFmpeg, x264 and ONNX Runtime create are not
  /// included.
  public var processor: Double

  public init(wall: Double, processor: Double) {
    self.wall = wall
    self.processor = processor
  }
}
