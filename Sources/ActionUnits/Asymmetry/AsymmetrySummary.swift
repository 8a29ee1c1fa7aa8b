/// What a clip says about each Action Unit on both sides. It measures; it does not diagnose.
public struct AsymmetrySummary: Sendable {
  /// One side of one Action Unit over the frames in use.
  public struct Side: Sendable, Equatable {
    public var peak: Float
    public var mean: Float
    /// The 95th percentile (nearest rank), a peak that a single frame's error does not make.
    public var percentile95: Float
    /// Frame number, from 1, and seconds of the peak; the first where several are equal.
    public var peakFrame: Int
    public var peakTime: Double
    /// The mean over the clip's neutral frames.
    public var neutral: Float
    /// `percentile95 − neutral`, not below zero.
    public var range: Float
    /// `percentile95` less the 5th percentile: how far it moves at all, also below neutral.
    public var spread: Float
  }

  public enum WeakerSide: String, Sendable, Codable { case right, left, neither }

  /// What a weaker side is named by.
  public enum Basis: String, Sendable, Codable {
    /// Its range is the smaller one: it moves less.
    case movement
    /// Its mean is the lower one, and the sides stand further apart than either moves, as in a still picture or a held expression.
    case level
    /// No weaker side is named.
    case none
  }

  /// One Action Unit.
  public struct Row: Sendable, Equatable {
    public var unit: ActionUnit
    public var right: Side
    public var left: Side
    /// The smaller range over the larger one, 0…1; nil where neither side moves by the floor.
    public var rangeRatio: Float?
    /// The lower mean over the higher one, 0…1; nil where neither side's mean reaches the floor.
    public var levelRatio: Float?
    /// The side with the smaller range, where the ranges differ by the stated share, the larger one reaches the floor, and the peaks
    /// above neutral differ in the same way. Where the means differ by more than either side moves, by the floor at least, and by the
    /// stated share, it is the side with the lower mean: a range says nothing then.
    public var weaker: WeakerSide
    public var basis: Basis

    /// How far apart the sides are in what names the weaker one; where none is named, in their ranges. In the units of the values.
    public var difference: Float { basis == .level ? abs(right.mean - left.mean) : abs(right.range - left.range) }
  }

  public let settings: AsymmetrySettings
  /// The Action Units that both sides have values of in a frame that counts, in order.
  public let rows: [Row]
  /// Those that the engine provides and that no frame could compare, in order.
  public let uncompared: [ActionUnit]
  public let framesUsed: Int
  public let framesExcluded: [FrameExclusion: Int]
  /// Numbers, from 1, of the frames that stand for the neutral face.
  public let neutralFrames: [Int]

  /// - Parameters:
  ///   - frames: all frames of the clip, in order.
  ///   - units: what the engine provides; those that could be compared where it is not said.
  public init(frames: [SidedFrame], units: Set<ActionUnit> = [], settings: AsymmetrySettings = AsymmetrySettings()) {
    self.settings = settings
    let used = frames.indices.filter { frames[$0].exclusion == nil }
    framesUsed = used.count
    framesExcluded = Dictionary(grouping: frames.compactMap(\.exclusion), by: { $0 }).mapValues(\.count)
    let neutral = Self.neutralFrames(among: used, of: frames, share: settings.neutralShare)
    neutralFrames = neutral.map { $0 + 1 }
    let rows: [Row] =
      used.isEmpty
      ? []
      : ActionUnit.allCases.compactMap { unit in
        guard used.contains(where: { !frames[$0].right[unit].isNaN && !frames[$0].left[unit].isNaN }) else { return nil }
        return Self.row(unit, frames: frames, used: used, neutral: neutral, settings: settings)
      }
    self.rows = rows
    uncompared = units.subtracting(rows.map(\.unit)).sorted()
  }

  /// The frames with the least activity and motion: the sum over all units and both sides of the intensity, and of its change against
  /// the frames before and behind. Motion alone would take a held smile for neutral.
  private static func neutralFrames(among used: [Int], of frames: [SidedFrame], share: Double) -> [Int] {
    func values(_ index: Int) -> [Float] {
      ActionUnit.allCases.flatMap { [frames[index].right[$0], frames[index].left[$0]] }.map { $0.isNaN ? 0 : $0 }
    }
    var scored: [(index: Int, score: Float)] = []
    scored.reserveCapacity(used.count)
    for (position, index) in used.enumerated() {
      let own = values(index)
      let neighbours = [position - 1, position + 1].filter(used.indices.contains).map { values(used[$0]) }
      let motion = neighbours.map { zip(own, $0).reduce(Float(0)) { $0 + abs($1.0 - $1.1) } }.reduce(0, +) / Float(max(1, neighbours.count))
      scored.append((index, own.reduce(0, +) + motion))
    }
    let count = min(used.count, max(1, Int((Double(used.count) * share).rounded())))
    return scored.sorted { ($0.score, $0.index) < ($1.score, $1.index) }.prefix(count).map(\.index).sorted()
  }

  private static func row(
    _ unit: ActionUnit, frames: [SidedFrame], used: [Int], neutral: [Int], settings: AsymmetrySettings
  ) -> Row {
    let right = side(\.right, unit, frames: frames, used: used, neutral: neutral)
    let left = side(\.left, unit, frames: frames, used: used, neutral: neutral)
    let larger = max(right.range, left.range)
    let smaller = min(right.range, left.range)
    let moves = larger >= settings.indexFloor
    func lesser(_ right: Float, _ left: Float) -> WeakerSide {
      guard abs(right - left) >= Float(settings.evenShare) * max(right, left) else { return .neither }
      return right < left ? .right : .left
    }
    // A movement that fills about a twentieth of the clip, such as a single blink, stands on the edge of the 95th percentile, where a
    // frame more or less decides: the peaks have to say the same.
    let byRange = lesser(right.range, left.range)
    let agree = byRange == lesser(right.peak - right.neutral, left.peak - left.neutral)
    let byMovement = moves && agree ? byRange : .neither
    // A grin that is held on one side moves on neither, and what trembles in it says nothing about who smiles.
    let apart = abs(right.mean - left.mean)
    let byLevel = apart >= max(settings.indexFloor, right.spread, left.spread) ? lesser(right.mean, left.mean) : .neither
    let level = max(right.mean, left.mean)
    return Row(
      unit: unit, right: right, left: left, rangeRatio: moves ? smaller / larger : nil,
      levelRatio: level >= settings.indexFloor ? min(right.mean, left.mean) / level : nil,
      weaker: byLevel == .neither ? byMovement : byLevel,
      basis: byLevel != .neither ? .level : byMovement != .neither ? .movement : .none)
  }

  private static func side(
    _ side: KeyPath<SidedFrame, ActionUnitValues>, _ unit: ActionUnit, frames: [SidedFrame], used: [Int], neutral: [Int]
  ) -> Side {
    let values = used.map { (frame: $0, value: frames[$0][keyPath: side][unit]) }.filter { !$0.value.isNaN }
    guard var best = values.first else {
      return Side(peak: .nan, mean: .nan, percentile95: .nan, peakFrame: 0, peakTime: .nan, neutral: .nan, range: 0, spread: 0)
    }
    for value in values where value.value > best.value { best = value }
    let sorted = values.map(\.value).sorted()
    func percentile(_ share: Double) -> Float { sorted[max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1)] }
    let percentile95 = percentile(0.95)
    let resting = neutral.map { frames[$0][keyPath: side][unit] }.filter { !$0.isNaN }
    let rest = resting.isEmpty ? .nan : resting.reduce(0, +) / Float(resting.count)
    return Side(
      peak: best.value, mean: values.map(\.value).reduce(0, +) / Float(values.count), percentile95: percentile95,
      peakFrame: best.frame + 1, peakTime: frames[best.frame].timestamp, neutral: rest, range: rest.isNaN ? 0 : max(0, percentile95 - rest),
      spread: percentile95 - percentile(0.05))
  }
}
