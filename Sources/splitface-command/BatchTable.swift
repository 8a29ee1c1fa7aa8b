import Foundation
import Measures
import Results
import SplitFace

/// The table that is shown at the end of a batch, with the columns file, frames, share of frames with a face, time and state.
enum BatchTable {
  static func lines(_ outcomes: [BatchOutcome]) -> [String] {
    let rows = [["file", "frames", "face", "time", "state"]] + outcomes.sorted { $0.item.name < $1.item.name }.map(row)
    let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
    var lines = rows.map { row in
      let cells = zip(row, widths).enumerated().map { column, cell in
        let fill = String(repeating: " ", count: cell.1 - cell.0.count)
        return (1...3).contains(column) ? fill + cell.0 : cell.0 + fill
      }
      let line = cells.joined(separator: "  ").trimmingSuffix(" ")
      return row[4] == "failed" ? Terminal.highlighted(line) : line
    }
    func count(_ state: String) -> Int { rows.count { $0[4] == state } }
    lines.append("\(outcomes.count) videos: \(count("done")) done, \(count("skipped")) skipped, \(count("failed")) failed")
    return lines
  }

  private static func row(_ outcome: BatchOutcome) -> [String] {
    let time = ProgressText.duration(outcome.seconds)
    return switch outcome.state {
    case .done(let result): [outcome.item.name] + numbers(result.record) + [time, "done"]
    case .skipped(let run, _): [outcome.item.name] + numbers(run) + [time, "skipped"]
    case .failed: [outcome.item.name, "", "", time, "failed"]
    case .cancelled: [outcome.item.name, "", "", time, "interrupted"]
    }
  }

  private static func numbers(_ run: RunRecord) -> [String] {
    let frames = run.frames
    let share = frames.read > 0 ? "\(DecimalText.text(100 * Double(frames.withFace) / Double(frames.read), decimals: 1)) %" : ""
    return ["\(frames.read)", share]
  }
}

extension String {
  fileprivate func trimmingSuffix(_ character: Character) -> String {
    String(self[..<(lastIndex { $0 != character }.map { index(after: $0) } ?? startIndex)])
  }
}
