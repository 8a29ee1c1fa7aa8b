public import FaceNetworks

/// The measurements of one face in one image by an engine.
public struct ActionUnitReading: Sendable, Equatable {
  /// Whether a face was found. If not, there are no values.
  public var success: Bool
  /// The engine's confidence that there is a face, 0…1: the presence according to the face mesh, or the score of the face's box.
  public var confidence: Double
  /// The intensities, 0…5, on the engine's own scale; not-a-number for units that it does not provide.
  public var intensity: ActionUnitValues
  /// 1 for units that are present, 0 for units that are absent; not-a-number for units that the engine does not provide.
  public var presence: ActionUnitValues
  /// The scores of the eight emotions, in the order of `Emotion.allCases`; nil if they were not requested.
  public var emotion: [Float]?
  /// The direction of the gaze in radians; nil if it was not requested.
  public var gaze: Gaze?
  /// The face's box in the image, if the engine used one: pixels, with the origin at the centre of the first pixel.
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

  /// The reading of an image without a face.
  public static let noFace = ActionUnitReading()
}
