/// Text of an HTML or SVG document, built by string interpolation.
///
/// Interpolated strings are escaped, and only other `Markup` is inserted unchanged. Text from outside, such as a file name or an error
/// message, can therefore not change the structure of the document.
struct Markup: ExpressibleByStringInterpolation, Sendable {
  private(set) var text: String

  init(stringLiteral value: String) { text = value }
  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// Creates markup from text that is not escaped.
  /// - Parameter trusted: markup that this project has written.
  init(trusted: String) { text = trusted }

  static let empty = Markup(trusted: "")

  static func += (left: inout Markup, right: Markup) { left.text += right.text }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
    mutating func appendInterpolation(_ number: Int) { text += String(number) }
    mutating func appendInterpolation(_ value: some StringProtocol) { text += Markup.escaped(value) }
  }

  /// Returns a text in which `&`, `<`, `>` and both quotation marks are escaped. Characters that are invisible or change the writing
  /// direction are replaced by U+FFFD, so that a name cannot be made to look like another name.
  static func escaped(_ value: some StringProtocol) -> String {
    var text = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{200E}"..."\u{200F}", "\u{2028}"..."\u{202E}", "\u{2066}"..."\u{2069}":
        text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Sequence {
  /// Concatenates the markup of all elements.
  func markup(_ piece: (Element) -> Markup) -> Markup { Markup(trusted: map { piece($0).text }.joined()) }
}
