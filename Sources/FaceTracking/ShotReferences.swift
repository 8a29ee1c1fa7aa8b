/// The `MidlineReference` of each shot of a video.
///
/// A shot is the part of a video between two cuts. After a cut, the video may show another person, so each shot has its own reference.
package struct ShotReferences: Hashable, Sendable {
  private struct Shot: Hashable, Sendable {
    let times: Range<Double>
    let reference: MidlineReference
  }

  private var shots: [Shot] = []

  /// Creates an empty list, which has no reference for any time.
  package init() {}

  /// Returns the reference of the shot at a time in seconds; `nil` if it has none.
  package func reference(at time: Double) -> MidlineReference? { shots.first { $0.times.contains(time) }?.reference }

  /// Adds a shot, unless its looks are too few to learn from.
  mutating func add(_ looks: [HeadLook], from start: Double, to end: Double) {
    guard start < end, let reference = MidlineReference(looks) else { return }
    shots.append(Shot(times: start..<end, reference: reference))
  }
}
