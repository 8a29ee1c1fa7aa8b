import ActionUnits

/// The index of a folder as a table for programs.
public enum IndexTable {
  public static let columns = [
    "file", "state", "reason", "frames", "frames_with_face", "face_share", "seconds", "report", "weaker_right", "weaker_left",
  ]

  /// The text of `index.csv`: one row a video, fields quoted where they have to be (RFC 4180). The last two columns list Action Units
  /// by a blank, the largest difference first. A text that Excel would take for a formula has an apostrophe before it.
  public static func csv(_ entries: [IndexEntry]) -> String {
    entries.reduce(columns.joined(separator: ",") + "\n") { $0 + row($1) + "\n" }
  }

  /// The videos that a table of ours lists, relative to its folder.
  public static func files(in table: String) -> [String] {
    var files: [String] = []
    var field = ""
    var isQuoted = false
    var isFirst = true
    for character in table {
      switch character {
      case "\"":
        // The second of two quotes within a quoted field is part of it: it opens what the first one closed.
        if isFirst, !isQuoted, !field.isEmpty { field.append(character) }
        isQuoted.toggle()
      case "," where !isQuoted: isFirst = false
      case "\n" where !isQuoted:
        files.append(undefused(field))
        (field, isFirst) = ("", true)
      default: if isFirst { field.append(character) }
      }
    }
    return Array(files.dropFirst())
  }

  private static func undefused(_ field: String) -> String {
    field.hasPrefix("'") && defused(String(field.dropFirst())) == field ? String(field.dropFirst()) : field
  }

  private static func row(_ entry: IndexEntry) -> String {
    let share: String? =
      if let frames = entry.frames, frames > 0, let face = entry.framesWithFace { decimal(Double(face) / Double(frames), 4) } else { nil }
    func units(_ side: FaceSide) -> String { entry.findings.filter { $0.weaker == side }.map(\.unit.columnName).joined(separator: " ") }
    let fields: [String?] = [
      entry.file, entry.state.rawValue, entry.reason, entry.frames.map(String.init), entry.framesWithFace.map(String.init), share,
      entry.seconds.map { decimal($0, 2) }, entry.report, units(.right), units(.left),
    ]
    return fields.map { quoted(defused($0 ?? "")) }.joined(separator: ",")
  }

  private static func decimal(_ value: Double, _ digits: Int) -> String {
    // A table for programs has an ASCII minus.
    String(NumberText.decimal(value, digits).map { $0 == "−" ? "-" : $0 })
  }

  /// Excel takes what begins with one of these for a formula, and a file's name may be anything.
  private static func defused(_ field: String) -> String {
    guard let first = field.utf8.first, "=+-@\t\r".utf8.contains(first) else { return field }
    return "'" + field
  }

  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0) }) else { return field }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
