/// Formats numbers with a decimal point and a fixed number of decimals, regardless of the machine's language.
public enum DecimalText {
  /// The text for a missing number. pandas, R and Excel's importers recognise it.
  static let missing = Array("nan".utf8)

  private static let powers: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

  /// Appends a whole number.
  static func append(_ value: Int, to text: inout [UInt8]) {
    if value < 0 { text.append(UInt8(ascii: "-")) }
    append(digits: UInt64(value.magnitude), atLeast: 1, to: &text)
  }

  /// Appends a number, rounded half away from zero; not-a-number and infinities become `nan`.
  /// - Parameter decimals: digits after the point, 0…9.
  static func append(_ value: Double, decimals: Int, to text: inout [UInt8]) {
    let scaled = (value.magnitude * powers[decimals]).rounded(.toNearestOrAwayFromZero)
    // From 2⁶³ on, the integer below would overflow. No quantity here is that large, so such a value is an error and becomes `nan`.
    guard scaled < 0x1p63 else {
      text.append(contentsOf: missing)
      return
    }
    let power = UInt64(powers[decimals])
    let number = UInt64(scaled)
    if value < 0 && number > 0 { text.append(UInt8(ascii: "-")) }
    append(digits: number / power, atLeast: 1, to: &text)
    if decimals > 0 {
      text.append(UInt8(ascii: "."))
      append(digits: number % power, atLeast: decimals, to: &text)
    }
  }

  /// Returns a number as text; see `append(_:decimals:to:)`.
  public static func text(_ value: Double, decimals: Int) -> String {
    var bytes: [UInt8] = []
    append(value, decimals: decimals, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Returns the number that a reader of the text gets: `value`, rounded to the given number of decimals.
  public static func printed(_ value: Double, decimals: Int) -> Double {
    let scaled = (value.magnitude * powers[decimals]).rounded(.toNearestOrAwayFromZero) / powers[decimals]
    return value < 0 ? -scaled : scaled
  }

  private static func append(digits number: UInt64, atLeast count: Int, to text: inout [UInt8]) {
    let start = text.count
    var rest = number
    var written = 0
    repeat {
      text.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
      written += 1
    } while rest > 0 || written < count
    text[start...].reverse()
  }
}
