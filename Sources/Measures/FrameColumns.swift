extension TableColumn {
  /// The number of the frame, in tables with one row per frame.
  public static func frame(_ number: @escaping @Sendable (Row) -> Int) -> TableColumn {
    .count("frame", "Number of the frame, counted from 1; every frame of the video has a row.", from: 1, number)
  }

  /// The time of the frame in seconds, in tables with one row per frame.
  public static func timestamp(_ seconds: @escaping @Sendable (Row) -> Double) -> TableColumn {
    .number(
      "timestamp", "Presentation time of the frame in the container, minus the timestampOffset in _run.json.", decimals: 6,
      unit: "s", isRequired: true, seconds)
  }

  /// The value of a measure, with four decimals.
  /// - Parameters:
  ///   - name: the column's name.
  ///   - beginning: words to put before the description, for instance the side.
  public static func value(
    of measure: MeasureID, named name: String, _ beginning: String = "", _ value: @escaping @Sendable (Row) -> Float?
  ) -> TableColumn {
    let origin = measure.origin.map { " From: \($0)." } ?? " The engine does not provide it."
    return .number(
      name, "\(beginning)\(measure.name) \(measure.title), \(measure.quantity).\(origin)", decimals: Self.valueDecimals,
      (Double(measure.lowest), Double(measure.highest)), unit: measure.unit ?? measure.scale
    ) { value($0).map(Double.init) }
  }

  /// The number of decimals of measured values.
  public static var valueDecimals: Int { 4 }
}
