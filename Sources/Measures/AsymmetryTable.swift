/// The table that shows both sides of every frame next to each other.
///
/// Columns: `frame,timestamp,used`, then for each measure, here AU01, `AU01_right`, `AU01_left`, `AU01_difference` (right − left) and
/// `AU01_index` ((right − left) / (right + left), `nan` if both values are too small to compare). `used` is 1 if the frame is included in
/// the summary. The last columns, such as `mouth_left_covered`, are 1 if that part of the face is covered; the summary then leaves out the
/// measures of this area.
public enum AsymmetryTable {
  /// A frame and its number, counted from 1.
  public typealias Row = (number: Int, frame: SidedFrame)

  /// Returns the table for these measures.
  public static func table(_ measures: [MeasureID], settings: ComparisonSettings) -> Table<Row> {
    Table(
      columns: [
        .frame { $0.number }, .timestamp { $0.frame.timestamp },
        .flag("used", "1 if the frame is included in the summary.") { $0.frame.exclusion == nil },
      ] + measures.enumerated().flatMap { columns(of: $1, at: $0, settings) }
        + FaceArea.allCases.flatMap { area in FaceSide.allCases.map { covered(area, $0) } })
  }

  private static func covered(_ area: FaceArea, _ side: FaceSide) -> TableColumn<Row> {
    .flag(
      "\(area.rawValue)_\(side.rawValue)_covered",
      "1 if something covers the \(side.rawValue) half of the area “\(area.rawValue)”; the summary then leaves out its Action Units."
    ) { $0.frame.cover.contains(.half(side, of: area)) }
  }

  private static func columns(of measure: MeasureID, at position: Int, _ settings: ComparisonSettings) -> [TableColumn<Row>] {
    let name = measure.name
    let maximum = Double(measure.highest - measure.lowest)
    return [
      .value(of: measure, named: name + "_right", "Right side: ") { $0.frame.right[position] },
      .value(of: measure, named: name + "_left", "Left side: ") { $0.frame.left[position] },
      .number("\(name)_difference", "\(name): right − left.", decimals: 4, (-maximum, maximum)) {
        Double($0.frame.right[position] - $0.frame.left[position])
      },
      .number(
        "\(name)_index", "\(name): (right − left) / (right + left); nan if both are too small to compare.", decimals: 4, (-1, 1)
      ) { Double(settings.index(right: $0.frame.right[position], left: $0.frame.left[position])) },
    ]
  }
}
