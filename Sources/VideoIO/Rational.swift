import CFFmpegLibraries

/// A fraction, as containers state time bases, frame rates and sample aspect ratios.
public struct Rational: Hashable, Sendable, CustomStringConvertible {
  public var numerator: Int
  /// 0 when the fraction is unknown.
  public var denominator: Int

  public init(_ numerator: Int, _ denominator: Int) {
    self.numerator = numerator
    self.denominator = denominator
  }

  init(_ value: AVRational) { self.init(Int(value.num), Int(value.den)) }

  var ffmpeg: AVRational { AVRational(num: Int32(clamping: numerator), den: Int32(clamping: denominator)) }

  /// The fraction as a number; 0 when it is unknown.
  public var value: Double { denominator == 0 ? 0 : Double(numerator) / Double(denominator) }

  public var description: String { "\(numerator)/\(denominator)" }
}
