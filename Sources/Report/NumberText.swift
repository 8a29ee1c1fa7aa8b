import Measures

/// Formats numbers for the pages. The decimal separator is a point, regardless of the machine's language.
enum NumberText {
  /// Returns a number with a fixed number of decimals; a dash for not-a-number.
  /// - Parameter digits: the number of digits after the decimal point, 0…6.
  static func decimal(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "–" }
    let text = DecimalText.text(value, decimals: digits)
    return text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }

  static func decimal(_ value: Float, _ digits: Int) -> String { decimal(Double(value), digits) }

  /// Returns a difference and its error, as in `0.3 ± 0.6`. Both have two decimals if the error is below 0.1.
  static func difference(_ value: Float, error: Float) -> String {
    let digits = error < 0.1 ? 2 : 1
    return "\(decimal(value, digits))\u{A0}±\u{A0}\(decimal(error, digits))"
  }

  /// Returns a time in minutes and seconds, or hours, minutes and seconds: `0:07.25`, `1:02:03.00`.
  static func time(_ seconds: Double) -> String {
    guard seconds.isFinite, abs(seconds) < 1e9 else { return "–" }
    let hundredths = Int((abs(seconds) * 100).rounded())
    let (minutes, rest) = (hundredths / 6000, hundredths % 6000)
    let tail = two(rest / 100) + "." + two(rest % 100)
    let head = minutes >= 60 ? "\(minutes / 60):\(two(minutes % 60))" : String(minutes)
    return (seconds < 0 && hundredths > 0 ? "−" : "") + head + ":" + tail
  }

  /// Returns a percentage such as `38 %`. To keep `0 %` and `100 %` exact, a share just above 0 is written as `under 1 %`, and a share just
  /// below 1 as `over 99 %`.
  static func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "–" }
    return percent(Double(part) / Double(whole))
  }

  static func percent(_ share: Double) -> String {
    guard share.isFinite, abs(share) < 1e12 else { return "–" }
    if share > 0, share < 0.005 { return "under 1\u{A0}%" }
    if share < 1, share > 0.995 { return "over 99\u{A0}%" }
    return "\(Int((share * 100).rounded()))\u{A0}%"
  }

  private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
}
