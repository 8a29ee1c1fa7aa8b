/// How suitable a face's position is for comparing its two sides.
public enum QualityGrade: String, Hashable, Sendable, CaseIterable, Codable {
  /// A quality of 2/3 and above.
  case good
  /// A quality of 1/3 and above.
  case fair
  /// A quality below 1/3.
  case poor

  public init(quality: Double) {
    self = quality >= 2.0 / 3 ? .good : quality >= 1.0 / 3 ? .fair : .poor
  }
}
