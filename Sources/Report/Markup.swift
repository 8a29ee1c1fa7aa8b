/// Text of an HTML or SVG document.
///
/// Made by string interpolation, in which only another `Markup` goes in as it is: every string is escaped. So nothing that comes from
/// outside (a file's name, a library's words) can become part of the document's structure.
struct Markup: ExpressibleByStringInterpolation, Sendable {
  private(set) var text: String

  init(stringLiteral value: String) { text = value }
  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// - Parameter trusted: markup written by this project.
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

  /// The text with the five characters that have a meaning in markup replaced, and with what is invisible or turns the writing direction
  /// shown as a replacement character: a name must not look like another one.
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
  /// The pieces behind each other.
  func markup(_ piece: (Element) -> Markup) -> Markup { Markup(trusted: map { piece($0).text }.joined()) }
}
