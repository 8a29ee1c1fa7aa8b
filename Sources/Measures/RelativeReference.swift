/// The address of a file in the same folder as a document.
package enum RelativeReference {
  /// Returns a relative reference to a file.
  ///
  /// Everything but letters, digits and `-._~` is percent-encoded (RFC 3986), and slashes between folders are kept. The result starts with
  /// `./`, so that a name such as `javascript:x` or `//host` can only be read as a file name.
  package static func url(_ fileName: String) -> String {
    var text = "./"
    var atStart = true
    for byte in fileName.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        text.unicodeScalars.append(UnicodeScalar(byte))
      case UInt8(ascii: "/"):
        if !atStart { text += "/" }
        continue
      default:
        text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
      atStart = false
    }
    return text
  }
}
