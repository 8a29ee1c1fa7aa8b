public import Measures

/// The index of a folder as a table for programs, `index.csv`.
public enum IndexTable {
  /// The table, with one row per video. The last two columns list measures, separated by spaces, with the largest difference first. Fields
  /// of missing values are empty.
  static let table = Table<IndexEntry>(
    columns: [
      column("file", "The video's path, relative to the folder.", \.file), column("state", "done, skipped or failed.", \.state.rawValue),
      column("reason", "Why the video failed or was skipped.", \.reason),
      column("frames", "Number of frames.") { $0.frames.map(String.init) },
      column("frames_with_face", "Frames in which a face was found.") { $0.framesWithFace.map(String.init) },
      column("face_share", "Frames in which a face was found, as a share of all frames.", faceShare),
      column("seconds", "Processing time in seconds.") { $0.seconds.map { DecimalText.text($0, decimals: 2) } },
      column("report", "The report's path, relative to the folder.", \.report),
      column("weaker_right", "Measures whose weaker side is the right one.") { measures(of: $0, weaker: .right) },
      column("weaker_left", "Measures whose weaker side is the left one.") { measures(of: $0, weaker: .left) },
    ])

  public static var columns: [String] { table.header }

  /// The beginning of every `index.csv`, by which SplitFace recognises its own, also those of versions with fewer columns.
  public static var mark: String { columns.prefix(5).joined(separator: ",") }

  /// Returns the text of `index.csv`.
  public static func csv(_ entries: [IndexEntry]) -> String { table.text(entries) }

  /// Returns the paths of the videos that an existing index lists, relative to the folder of the index.
  public static func files(in index: StoredTable) -> [String] {
    index.rows.indices.compactMap { index.text("file", in: $0) }.map(withoutApostrophe)
  }

  private static func column(
    _ name: String, _ meaning: String, _ value: @escaping @Sendable (IndexEntry) -> String?
  ) -> TableColumn<IndexEntry> {
    .text(name, meaning) { withApostrophe(value($0) ?? "") }
  }

  @Sendable private static func faceShare(_ entry: IndexEntry) -> String? {
    guard let frames = entry.frames, frames > 0, let face = entry.framesWithFace else { return nil }
    return DecimalText.text(Double(face) / Double(frames), decimals: 4)
  }

  private static func measures(of entry: IndexEntry, weaker side: FaceSide) -> String {
    entry.findings.filter { $0.weaker == side }.map(\.measure.name).joined(separator: " ")
  }

  /// Puts an apostrophe before a field that Excel would interpret as a formula, because a file name may begin with any character.
  private static func withApostrophe(_ field: String) -> String {
    guard let first = field.utf8.first, "=+-@\t\r".utf8.contains(first) else { return field }
    return "'" + field
  }

  private static func withoutApostrophe(_ field: String) -> String {
    field.hasPrefix("'") && withApostrophe(String(field.dropFirst())) == field ? String(field.dropFirst()) : field
  }
}
