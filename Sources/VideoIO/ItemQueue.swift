/// What was read but not yet handed out, in order.
struct ItemQueue {
  private var items: [VideoItem] = []
  private var first = 0
  /// Bytes of the audio that waits.
  private(set) var audioBytes = 0

  mutating func append(_ item: VideoItem) {
    if case .audio(let packet) = item { audioBytes += packet.byteCount }
    items.append(item)
  }

  /// Moves the sound that waits, by units of its stream.
  func moveAudio(by shift: Int64) {
    for case .audio(let packet) in items[first...] { packet.move(by: shift) }
  }

  mutating func popFirst() -> VideoItem? {
    guard first < items.count else {
      items.removeAll(keepingCapacity: true)
      first = 0
      return nil
    }
    let item = items[first]
    first += 1
    // Lets go of what was handed out: frames would pin the decoder's memory.
    if first == items.count {
      items.removeAll(keepingCapacity: true)
      first = 0
    }
    if case .audio(let packet) = item { audioBytes -= packet.byteCount }
    return item
  }
}
