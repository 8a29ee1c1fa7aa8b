import ArgumentParser
import Foundation
import SplitFace

enum ProgressStyle: String, CaseIterable, ExpressibleByArgument {
  case auto, bar, json, none
}

/// Shows one job's progress on standard error: a bar on a terminal, now and then a line elsewhere, or JSON lines.
struct ProgressDisplay {
  private enum Form { case bar, lines, json, silent }

  private let form: Form
  private let name: String
  private var lastShown = -Double.infinity

  init(style: ProgressStyle, name: String) {
    self.name = name
    form =
      switch style {
      case .auto: Terminal.errorIsTerminal ? .bar : .lines
      case .bar: .bar
      case .json: .json
      case .none: .silent
      }
  }

  mutating func show(_ progress: JobProgress) {
    let interval: Double =
      switch form {
      case .bar: 0.1
      case .json: 0.5
      case .lines: 10
      case .silent: .infinity
      }
    guard progress.elapsed - lastShown >= interval else { return }
    // The first plain line comes after the first interval, so that short jobs stay quiet.
    if form == .lines && lastShown < 0 {
      lastShown = progress.elapsed
      return
    }
    lastShown = progress.elapsed
    switch form {
    case .bar: Terminal.write("\r" + fitted(bar(progress) + numbers(progress)) + "\u{1B}[K")
    case .lines: Terminal.message("\(name): \(numbers(progress))")
    case .json: Terminal.message(json(progress))
    case .silent: break
    }
  }

  /// Clears the bar.
  func end() {
    if form == .bar { Terminal.write("\r\u{1B}[K") }
  }

  private func bar(_ progress: JobProgress) -> String {
    guard let expected = progress.framesExpected, expected > 0 else { return "" }
    let cells = 24
    let filled = min(cells, cells * progress.framesDone / expected)
    return String(repeating: "█", count: filled) + String(repeating: "░", count: cells - filled) + " "
  }

  private func numbers(_ progress: JobProgress) -> String {
    var text = "\(progress.framesDone)"
    if let expected = progress.framesExpected { text += "/\(max(expected, progress.framesDone))" }
    text += " frames, " + String(format: "%.1f a second", progress.framesPerSecond)
    if let remaining = progress.remaining { text += ", \(duration(remaining)) left" }
    return text
  }

  /// A line longer than the terminal would wrap, and each redraw would scroll.
  private func fitted(_ text: String) -> String { String(text.prefix(max(10, Terminal.width - 1))) }

  private func duration(_ seconds: Double) -> String {
    let seconds = Int(seconds.rounded())
    return seconds >= 3600
      ? String(format: "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
      : String(format: "%d:%02d", seconds / 60, seconds % 60)
  }

  private func json(_ progress: JobProgress) -> String {
    struct Line: Encodable {
      let event = "progress"
      let input: String
      let frames: Int
      let expected: Int?
      let withFace: Int
      let framesPerSecond: Double
      let elapsed: Double
      let remaining: Double?
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let line = Line(
      input: name, frames: progress.framesDone, expected: progress.framesExpected, withFace: progress.framesWithFace,
      framesPerSecond: progress.framesPerSecond, elapsed: progress.elapsed, remaining: progress.remaining)
    return (try? encoder.encode(line)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
