/// The statistics of each measure on both sides over a segment of a clip. It measures; it does not diagnose.
public struct SegmentSummary: Sendable {
  /// The statistics of one side of one measure over the included frames.
  public struct Side: Sendable, Equatable {
    public var peak: Float
    public var mean: Float
    /// The 95th percentile (nearest rank): a peak value that does not depend on the error of a single frame.
    public var percentile95: Float
    /// The number of the frame with the peak, counted from 1; the first one if several are equal, 0 if no frame was compared.
    public var peakFrame: Int
    /// The time of the frame with the peak, in seconds.
    public var peakTime: Double
    /// The mean over the segment's neutral frames.
    public var neutral: Float
    /// `percentile95 − neutral`, not below zero.
    public var range: Float
    /// `percentile95` minus the 5th percentile: unlike `range`, it includes variation below neutral.
    public var spread: Float
  }

  /// What determines the weaker side.
  public enum Basis: String, Sendable, Codable {
    /// The weaker side has the smaller range: it moves less.
    case movement
    /// The weaker side has the lower mean, and the means differ by more than either side moves, as in a still image or a held expression.
    case level
    /// There is no weaker side.
    case none
  }

  /// Why a side is called weaker, or why none is.
  public enum Reason: String, Sendable, CaseIterable {
    /// A side is called weaker because it moves less.
    case movement
    /// A side is called weaker because it stays at a lower level.
    case level
    /// The difference is within its error: the sides are about even.
    case withinError = "within_error"
    /// The difference exceeds its error, but by too little to call a side weaker; or the peaks do not confirm the difference.
    case unclear
    /// The difference clearly exceeds its error but is a small part of the movement.
    case smallShare = "small_share"
    /// The side that moves less reaches the end of the scale, so its movement may have been cut off there. That side starts at a higher
    /// value than the other side, as in a face that smiles on one side at rest.
    case scaleEnd = "scale_end"
    /// Neither range reaches `ComparisonSettings.floor`, the minimum for counting as movement.
    case littleMovement = "little_movement"
    /// Too few frames were included to judge a movement.
    case tooFewFrames = "too_few_frames"
    /// In this measure, both sides always move together, because of the anatomy.
    case notSided = "not_sided"
    /// No frame has values of both sides.
    case notCompared = "not_compared"
    /// The area of the face was covered for too long to compare the sides in the other frames.
    case covered
  }

  /// The statistics of one measure, and the comparison of its sides.
  public struct Row: Sendable, Equatable {
    public var measure: MeasureID
    /// The measure's position among the measures of the series.
    public var position: Int
    public var right: Side
    public var left: Side
    /// The smaller range divided by the larger one, 0…1; nil if neither range reaches `ComparisonSettings.floor`, the minimum for counting
    /// as movement.
    public var rangeRatio: Float?
    /// The lower mean divided by the higher one, 0…1; nil if neither mean reaches `ComparisonSettings.floor`, below which both may be
    /// noise.
    public var levelRatio: Float?
    /// The right range minus the left range, or the right mean minus the left mean if the levels determine the weaker side. In the unit of
    /// the values.
    public var difference: Float
    /// The error of `difference` at 95 %: a smaller difference cannot be told from no difference in this clip. It combines the difference
    /// that 95 % of healthy people stay below, the noise in the clip's still moments, and the turn of the head between rest and movement.
    public var differenceError: Float
    /// By how many degrees of yaw the head is turned between rest and movement; 0 if it is not known.
    public var turn: Float
    /// The weaker side, if there is one.
    public var weaker: FaceSide?
    public var basis: Basis
    /// Why there is a weaker side, or why there is none.
    public var reason: Reason
    /// The number of included frames in which the measure was left out because its area of the face was covered.
    public var framesCovered = 0
    /// The number of included frames in which the measure was compared while another area of the face was covered.
    public var framesBesideCover = 0

    /// The weaker side as tables write it: `right`, `left` or `neither`.
    public var weakerText: String { weaker?.rawValue ?? "neither" }

    public func side(_ side: FaceSide) -> Side { side == .right ? right : left }
  }

  public let segment: Segment
  public let settings: ComparisonSettings
  /// The measures that have values of both sides in at least one included frame, in order.
  public let rows: [Row]
  /// The measures that the provider has but that could not be compared in any frame, in order.
  public let uncompared: [MeasureID]
  /// The rows of all measures, in order. A measure that could not be compared has a row without numbers.
  public let allRows: [Row]
  /// The number of included frames.
  public let framesUsed: Int
  public let framesExcluded: [FrameExclusion: Int]
  /// The numbers, counted from 1, of the frames that represent the neutral face.
  public let neutralFrames: [Int]

  /// Summarises a segment of a clip.
  /// - Parameter segment: the segment to summarise; nil for the whole clip.
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
        FaceSide.allCases.allSatisfy { !series.visibleValue($0, measure, in: frame).isNaN }
      }
      guard used.contains(where: isCompared) else { return nil }
      return Self.row(measure, of: series, used: used, neutral: neutral, settings: settings)
    }
    let yaw = abs(Self.meanYaw(of: series, in: used))
    let rows = measured.map { $0.judged(among: measured, frames: used.count, yaw: yaw.isNaN ? 0 : yaw, settings: settings) }
    self.rows = rows
    let compared = Set(rows.map(\.position))
    let missing = series.measures.indices.filter { series.measures[$0].isProvided && !compared.contains($0) }
    uncompared = missing.map { series.measures[$0] }
    let empty = missing.map { position in
      Row(withoutValues: series.measures[position], position: position, framesCovered: used.count { series.isCovered(position, in: $0) })
    }
    allRows = (rows + empty).sorted { $0.position < $1.position }
  }
}
