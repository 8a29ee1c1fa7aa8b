/// The statistics of each measure on both sides over a segment of a clip. It measures; it does not diagnose.
public struct SegmentSummary: Sendable {
  /// The statistics of one side of one measure over the included frames.
  public struct Side: Sendable, Equatable {
    public var peak: Float
    public var mean: Float
    /// The 95th percentile (nearest rank): a peak that is not decided by the error of a single frame.
    public var percentile95: Float
    /// The number of the frame with the peak, counted from 1; the first one if several are equal, 0 if no frame was compared.
    public var peakFrame: Int
    /// The time of that frame, in seconds.
    public var peakTime: Double
    /// The mean over the segment's neutral frames.
    public var neutral: Float
    /// `percentile95 − neutral`, not below zero.
    public var range: Float
    /// `percentile95` less the 5th percentile: how much the value varies, also below neutral.
    public var spread: Float
  }

  /// What the weaker side is determined by.
  public enum Basis: String, Sendable, Codable {
    /// Its range is the smaller one: it moves less.
    case movement
    /// Its mean is the lower one, and the sides differ by more than either moves, as in a still image or a held expression.
    case level
    /// There is no weaker side.
    case none
  }

  /// Why a side is called weaker, or why none is.
  public enum Reason: String, Sendable, CaseIterable {
    /// It is: it moves less.
    case movement
    /// It is: it stays at a lower level.
    case level
    /// The difference is within its error: the sides are about even.
    case withinError = "within_error"
    /// The difference exceeds its error, but not by as much as naming a side takes, or the peaks disagree.
    case unclear
    /// The difference is clear of its error, but a small part of the movement.
    case smallShare = "small_share"
    /// Neither side moves by the floor.
    case littleMovement = "little_movement"
    /// Fewer frames were included than a movement is judged by.
    case tooFewFrames = "too_few_frames"
    /// Both sides of this measure move together by anatomy.
    case notSided = "not_sided"
    /// No frame has values of both sides.
    case notCompared = "not_compared"
  }

  /// One measure.
  public struct Row: Sendable, Equatable {
    public var measure: MeasureID
    /// The measure's position among those of the series.
    public var position: Int
    public var right: Side
    public var left: Side
    /// The smaller range divided by the larger one, 0…1; nil if neither side moves by the floor.
    public var rangeRatio: Float?
    /// The lower mean divided by the higher one, 0…1; nil if neither side's mean reaches the floor.
    public var levelRatio: Float?
    /// The right side's movement less the left side's, or the same of the levels if they determine the weaker side; in the values' unit.
    public var difference: Float
    /// What the method cannot tell from none in this clip: the difference that 95 % of healthy people stay below, and the error of the
    /// clip's own still moments.
    public var differenceError: Float
    /// The weaker side, if there is one.
    public var weaker: FaceSide?
    public var basis: Basis
    /// Why there is a weaker side, or why there is none.
    public var reason: Reason

    /// The weaker side as tables write it: `right`, `left` or `neither`.
    public var weakerText: String { weaker?.rawValue ?? "neither" }

    public func side(_ side: FaceSide) -> Side { side == .right ? right : left }
  }

  public let segment: Segment
  public let settings: ComparisonSettings
  /// The measures that have values of both sides in at least one included frame, in order.
  public let rows: [Row]
  /// The measures that the provider has, but that could be compared in no frame, in order.
  public let uncompared: [MeasureID]
  /// `rows`, and a row without numbers for each measure that could not be compared, in the order of the measures.
  public let allRows: [Row]
  /// The number of included frames.
  public let framesUsed: Int
  public let framesExcluded: [FrameExclusion: Int]
  /// The numbers, counted from 1, of the frames that represent the neutral face.
  public let neutralFrames: [Int]

  /// Summarises a segment of a clip.
  /// - Parameter segment: the whole clip if nil.
  public init(_ series: MeasureSeries, segment: Segment? = nil, settings: ComparisonSettings = ComparisonSettings()) {
    let segment = segment ?? .whole(series)
    self.segment = segment
    self.settings = settings
    let used = segment.frames.filter { series.exclusions[$0] == nil }
    framesUsed = used.count
    framesExcluded = Dictionary(grouping: segment.frames.compactMap { series.exclusions[$0] }, by: { $0 }).mapValues(\.count)
    let neutral = Self.neutralFrames(among: used, of: series, share: settings.neutralShare)
    neutralFrames = neutral.map { $0 + 1 }
    let measured = series.measures.indices.compactMap { measure -> Row? in
      func isCompared(_ frame: Int) -> Bool {
        FaceSide.allCases.allSatisfy { !series.value($0, measure, in: frame).isNaN }
      }
      guard used.contains(where: isCompared) else { return nil }
      return Self.row(measure, of: series, used: used, neutral: neutral, settings: settings)
    }
    let rows = measured.map { $0.judged(among: measured, frames: used.count, settings: settings) }
    self.rows = rows
    let compared = Set(rows.map(\.position))
    let missing = series.measures.indices.filter { series.measures[$0].isProvided && !compared.contains($0) }
    uncompared = missing.map { series.measures[$0] }
    allRows = (rows + missing.map { Row(withoutValues: series.measures[$0], position: $0) }).sorted { $0.position < $1.position }
  }
}
