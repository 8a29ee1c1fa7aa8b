/// Decides when something covers the face, based on the signs in single frames. It delays frames by half a window.
///
/// Single frames may be wrong: while a person talks, the two meshes of a frame can disagree for a moment, and while a hand is in front of
/// the face they may agree by chance. So an area counts as covered where the signs are seen in at least a fifth of the frames within
/// ±`halfWindow`, and also within `margin` before and after, when a hand comes and goes.
///
/// Each frame pushed is returned once, in order. Use a new filter for each clip.
public struct CoverFilter<Payload> {
  private struct Entry {
    let payload: Payload?
    let timestamp: Double
    /// The signs in this frame; nil if there was no face to look for them.
    let signs: FaceCover?
    /// What is covered according to the signs in the frames around this one; nil until it has been computed.
    var decision: FaceCover?
  }

  private let halfWindow: Double
  private let margin: Double
  private let maximumFrames: Int
  /// The frames that have not been returned, preceded by those earlier frames that their windows still need.
  private var entries: [Entry] = []
  private var next = 0

  /// - Parameters:
  ///   - halfWindow: the length of the window before and after a frame, in seconds.
  ///   - margin: the time before and after a covered frame that counts as covered too, in seconds.
  ///   - maximumFrames: the largest number of frames that wait. It narrows the windows at very high frame rates.
  public init(halfWindow: Double = 0.25, margin: Double = 0.1, maximumFrames: Int = 120) {
    self.halfWindow = halfWindow
    self.margin = margin
    self.maximumFrames = max(maximumFrames, 1)
  }

  /// Takes the next frame.
  /// - Parameters:
  ///   - signs: the areas that seem to be covered in this frame; nil if there was no face to look at.
  ///   - timestamp: the time in seconds; not earlier than the last one.
  ///   - payload: a value that is returned with the frame.
  /// - Returns: the frames for which a decision is now possible, in order, and what is covered in them.
  public mutating func push(_ signs: FaceCover?, timestamp: Double, payload: Payload) -> [(payload: Payload, cover: FaceCover)] {
    entries.append(Entry(payload: payload, timestamp: timestamp, signs: signs))
    var complete: [(Payload, FaceCover)] = []
    while next < entries.count, timestamp - entries[next].timestamp > halfWindow + margin || entries.count - next > maximumFrames {
      complete.append(release())
    }
    return complete
  }

  /// Returns the remaining frames. Nothing may be pushed afterwards.
  public mutating func finish() -> [(payload: Payload, cover: FaceCover)] {
    var rest: [(Payload, FaceCover)] = []
    while next < entries.count { rest.append(release()) }
    return rest
  }

  private mutating func release() -> (Payload, FaceCover) {
    let time = entries[next].timestamp
    var cover: FaceCover = []
    for index in entries.indices where abs(entries[index].timestamp - time) <= margin {
      cover.formUnion(decision(at: index))
    }
    guard let payload = entries[next].payload else { preconditionFailure("a frame that was not returned has its payload") }
    entries[next] = Entry(payload: nil, timestamp: time, signs: entries[next].signs, decision: entries[next].decision)
    next += 1
    let needed = entries.firstIndex { time - $0.timestamp <= halfWindow + margin } ?? next
    let old = min(max(needed, next - maximumFrames), next)
    entries.removeFirst(old)
    next -= old
    return (payload, cover)
  }

  /// Returns the halves of areas that show signs of a cover in at least a fifth of the frames around a frame. Frames without a face are not
  /// counted.
  private mutating func decision(at index: Int) -> FaceCover {
    if let known = entries[index].decision { return known }
    let time = entries[index].timestamp
    var frames = 0
    var counts = [Int](repeating: 0, count: FaceCover.count)
    for entry in entries where abs(entry.timestamp - time) <= halfWindow {
      guard let signs = entry.signs else { continue }
      frames += 1
      for bit in counts.indices where signs.rawValue & (1 << bit) != 0 { counts[bit] += 1 }
    }
    var cover: FaceCover = []
    for bit in counts.indices where counts[bit] > 0 && counts[bit] * 5 >= frames { cover.insert(FaceCover(rawValue: 1 << bit)) }
    entries[index].decision = cover
    return cover
  }
}
