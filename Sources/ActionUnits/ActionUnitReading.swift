public import FaceNetworks

/// An engine's measurements of one face in one image.
public struct ActionUnitReading: Sendable, Equatable {
  /// Whether a face was found. If none was found, all values are missing.
  public var success: Bool
  /// The engine's confidence that there is a face, 0…1. It is the face mesh's presence, or the detector's score for the box of the face.
  public var confidence: Double
  /// The intensities, 0…5, on the engine's own scale; not-a-number for Action Units that the engine does not provide.
  public var intensity: ActionUnitValues
  /// 1 for Action Units that are present, 0 for those that are absent, and not-a-number for those that the engine does not provide.
  public var presence: ActionUnitValues
  /// The scores of the eight emotions, in the order of `Emotion.allCases`; nil if they were not requested.
  public var emotion: [Float]?
  /// The direction of the gaze in radians; nil if it was not requested.
  public var gaze: Gaze?
  /// The box of the face, in pixels with the origin at the centre of the top left pixel; nil if the engine did not use one.
  public var box: FaceBox?
  /// How far the mesh of this image is from the mesh of the source; nil for images that are not mirrored, and for engines that do not look
  /// for a mesh in mirrored images.
  public var disagreement: MeshDisagreement?

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
