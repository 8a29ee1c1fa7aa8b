/// A named stretch of a clip, such as the whole clip, a time at rest, or a task.
public struct Segment: Hashable, Sendable, Codable {
  public var name: String
  /// The frames of the stretch, counted from 0.
  public var frames: Range<Int>

  public init(name: String, frames: Range<Int>) {
    self.name = name
    self.frames = frames
  }

  /// Returns the segment that consists of all frames of a series.
  public static func whole(_ series: MeasureSeries) -> Segment { Segment(name: "clip", frames: 0..<series.count) }
}
