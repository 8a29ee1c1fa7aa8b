import Inference

extension InferenceSession {
  /// The batch size if the model fixes it, otherwise nil. Models that this project did not convert often take only one item at a time.
  private var fixedBatch: Int? { inputs.first?.shape.first ?? nil }

  /// Runs the network on any number of items: in batches of the size that the model fixes, or else in one batch.
  /// - Parameter run: receives the items of one batch and the number of slots in the input tensor. Slots without an item must be zero.
  /// - Returns: one result per item, in the same order.
  func inBatches<Item, Result>(_ items: [Item], _ run: (ArraySlice<Item>, _ slots: Int) throws -> [Result]) rethrows -> [Result] {
    let slots = max(fixedBatch ?? items.count, 1)
    return try stride(from: 0, to: items.count, by: slots).flatMap { start in
      let batch = items[start..<min(start + slots, items.count)]
      return try run(batch, slots).prefix(batch.count)
    }
  }
}
