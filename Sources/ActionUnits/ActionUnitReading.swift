public import FaceNetworks

/// What an engine says about one face in one picture.
public struct ActionUnitReading: Sendable, Equatable {
  /// Whether a face was found. Without one there are no numbers.
  public var success: Bool
  /// How sure the engine is that there is a face, 0…1: the presence that the face mesh gives, or the box's score.
  public var confidence: Double
  /// 0…5. What the scale means is the engine's matter; not-a-number where it provides nothing.
  public var intensity: ActionUnitValues
  /// 1 present, 0 absent, not-a-number where the engine provides nothing.
  public var presence: ActionUnitValues
  /// The eight emotions' scores in `Emotion.allCases`' order, where they were asked for.
  public var emotion: [Float]?
  /// Where the person looks, where that was asked for: radians.
  public var gaze: Gaze?
  /// The face's box in the picture, where the engine used one: pixels, origin at the centre of the first pixel.
  public var box: FaceBox?

  public init(confidence: Double, intensity: ActionUnitValues, presence: ActionUnitValues) {
    success = true
    self.confidence = confidence
    self.intensity = intensity
    self.presence = presence
  }

  private init() {
    success = false
    confidence = 0
    intensity = ActionUnitValues()
    presence = ActionUnitValues()
  }

  /// The reading of a picture without a face.
  public static let noFace = ActionUnitReading()
}
