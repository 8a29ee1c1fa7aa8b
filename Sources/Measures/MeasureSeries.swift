/// The measured values of both sides in every frame of a clip.
///
/// Values are stored in a few large blocks, one after the other, because they are kept to the end of the clip: many small arrays between
/// the large buffers that come and go with each frame would fragment the heap. A frame takes 8 bytes per measure.
public struct MeasureSeries: Sendable {
  /// The measures, in the order of their values.
  public let measures: [MeasureID]
  /// The presentation time of each frame, in seconds.
  public private(set) var timestamps: [Double] = []
  /// Why each frame is excluded from summaries; nil for included frames.
  public private(set) var exclusions: [FrameExclusion?] = []
  /// The head's yaw in each frame, in degrees; not-a-number if it is not known.
  public private(set) var yaws: [Float] = []
  /// What is covered in each frame.
  public private(set) var covers: [FaceCover] = []
  private var right: [Float] = []
  private var left: [Float] = []

  /// For each measure, the halves of areas that must all be visible for the sides to be compared.
  private let needed: [FaceCover]

  public init(_ measures: [MeasureID]) {
    self.measures = measures
    needed = measures.map { .both(of: $0.areas) }
  }

  /// Creates a series that contains the given frames.
  public init(_ measures: [MeasureID], _ frames: some Sequence<SidedFrame>) {
    self.init(measures)
    for frame in frames { append(frame) }
  }

  /// Adds the next frame.
  /// - Precondition: the frame has a value of each side for every measure.
  public mutating func append(_ frame: SidedFrame) {
    precondition(frame.right.count == measures.count && frame.left.count == measures.count, "a frame has a value for every measure")
    timestamps.append(frame.timestamp)
    exclusions.append(frame.exclusion)
    yaws.append(Float(frame.yaw))
    covers.append(frame.cover)
    right.append(contentsOf: frame.right)
    left.append(contentsOf: frame.left)
  }

  /// The number of frames.
  public var count: Int { timestamps.count }

  /// Returns the value of the measure at position `measure` for one side of the face in a frame; not-a-number if it is missing.
  public func value(_ side: FaceSide, _ measure: Int, in frame: Int) -> Float {
    (side == .right ? right : left)[frame * measures.count + measure]
  }

  /// Returns whether the area of the measure at position `measure` is covered on either side of the face in a frame.
  public func isCovered(_ measure: Int, in frame: Int) -> Bool { !covers[frame].isDisjoint(with: needed[measure]) }

  /// Returns, for every frame, whether the area of the measure at position `measure` is covered on either side of the face.
  public func covered(_ measure: Int) -> [Bool] { (0..<count).map { isCovered(measure, in: $0) } }

  /// Returns the value of the measure at position `measure` for one side of the face in a frame; not-a-number if it is missing or if the
  /// area of the measure is covered on either side.
  func visibleValue(_ side: FaceSide, _ measure: Int, in frame: Int) -> Float {
    isCovered(measure, in: frame) ? .nan : value(side, measure, in: frame)
  }

  /// Returns the values of the measure at position `measure` for one side of the face in every frame.
  public func values(_ side: FaceSide, _ measure: Int) -> [Float] {
    (0..<count).map { value(side, measure, in: $0) }
  }
}
