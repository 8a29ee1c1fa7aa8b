import Foundation
import Measures
import SplitFace

/// Formats progress as text and as a bar of blocks.
enum ProgressText {
  static func bar(_ progress: JobProgress, cells count: Int) -> String {
    guard let expected = progress.framesExpected, expected > 0 else { return "" }
    return cells(Double(progress.framesDone) / Double(expected), of: count) + " "
  }

  /// Shortens a name from the start, where an ellipsis is put. The end is kept, because it distinguishes the videos of a folder.
  static func shortened(_ name: String, to columns: Int) -> String { name.count <= columns ? name : "…" + name.suffix(max(0, columns - 1)) }

  /// Returns the number of frames and the remaining time, as in `31/250, 0:07 left`.
  static func shortNumbers(_ progress: JobProgress) -> String {
    var text = "\(progress.framesDone)"
    if let expected = progress.framesExpected { text += "/\(max(expected, progress.framesDone))" }
    if let remaining = progress.remaining { text += ", \(duration(remaining)) left" }
    return text
  }

  /// Draws a bar of `count` blocks.
  /// - Parameter share: the share of the blocks that are filled, 0…1.
  static func cells(_ share: Double, of count: Int) -> String {
    let filled = min(count, max(0, Int(Double(count) * share)))
    return String(repeating: "█", count: filled) + String(repeating: "░", count: count - filled)
  }

  static func numbers(_ progress: JobProgress) -> String {
    var text = "\(progress.framesDone)"
    if let expected = progress.framesExpected { text += "/\(max(expected, progress.framesDone))" }
    text += " frames, " + "\(DecimalText.text(progress.framesPerSecond, decimals: 1)) per second"
    if let remaining = progress.remaining { text += ", \(duration(remaining)) left" }
    return text
  }

  static func duration(_ seconds: Double) -> String {
    let seconds = Int(min(seconds, 1e8).rounded())
    return seconds >= 3600
      ? String(format: "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
      : String(format: "%d:%02d", seconds / 60, seconds % 60)
  }
}
