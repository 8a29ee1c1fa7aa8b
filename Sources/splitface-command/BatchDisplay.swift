import Foundation
import Results
import SplitFace

/// Shows the progress of a batch on standard error, in the form that the user chose, and prints the paths of the outputs on standard
/// output.
struct BatchDisplay {
  private enum Form { case bar, lines, json, silent }

  private struct Video {
    let index: Int
    let bytes: Int
    var progress: JobProgress?
    var lastShown = 0.0
    var isEnded = false
    /// Whether the video was skipped or failed. Its time is then not used to estimate the remaining time.
    var isLeftOut = false
    /// The finished share of the video, 0…1.
    var share: Double {
      guard !isEnded else { return 1 }
      guard let progress, let expected = progress.framesExpected, expected > 0 else { return 0 }
      return min(1, Double(progress.framesDone) / Double(expected))
    }
  }

  private let form: Form
  private let verbosity: Verbosity
  /// The time of the first progress report. Time spent before it, on loading networks and skipping finished videos, is not counted, because
  /// it would distort the estimate of the remaining time.
  private var began: Date?
  private var videos: [String: Video] = [:]
  /// Notes for the user that are shown when the first job reports progress. If the only input is unreadable, the user sees just the error.
  private var notes: [String] = []
  private var isLineOpen = false
  private var lastBar = Date.distantPast

  init(style: ProgressStyle, verbosity: Verbosity) {
    self.verbosity = verbosity
    form =
      switch style {
      case .json: .json
      case _ where verbosity == .quiet: .silent
      case .auto: Terminal.errorIsTerminal ? .bar : .lines
      case .bar: .bar
      case .none: .silent
      }
  }

  mutating func begin(_ plan: BatchPlan, notes: [String]) {
    self.notes = notes
    for note in plan.notes { message(note, .info) }
    for (index, item) in plan.items.enumerated() {
      let attributes = try? FileManager.default.attributesOfItem(atPath: item.input.resolvingSymlinksInPath().path)
      videos[item.name] = Video(index: index + 1, bytes: (attributes?[.size] as? NSNumber)?.intValue ?? 0)
    }
  }

  mutating func show(_ event: FaceBatch.Event) {
    switch event {
    case .started(let item):
      json(.init(event: .started, input: item.name, index: videos[item.name]?.index, count: videos.count))
    case .progress(let item, let progress):
      for note in notes { message(note, .info) }
      notes = []
      began = began ?? Date()
      videos[item.name]?.progress = progress
      show(progress, of: item.name)
    case .ended(let outcome):
      videos[outcome.item.name]?.isEnded = true
      if case .done = outcome.state {} else { videos[outcome.item.name]?.isLeftOut = true }
      ended(outcome)
    }
  }

  /// Shows the table of outcomes if there is more than one video.
  mutating func end(_ outcomes: [BatchOutcome]) {
    clear()
    guard form != .json else {
      func count(_ isCounted: (BatchOutcome) -> Bool) -> Int { outcomes.count(where: isCounted) }
      return json(
        .init(
          event: .ended, count: outcomes.count, failedCount: count(\.isFailure),
          skippedCount: count { if case .skipped = $0.state { true } else { false } }))
    }
    guard verbosity != .quiet, outcomes.count > 1 else { return }
    for line in BatchTable.lines(outcomes) { Terminal.message(line) }
  }

  /// Shows an error that does not concern a particular video.
  mutating func failure(_ text: String) {
    if form == .json { return json(.init(event: .message, level: "error", message: text)) }
    clear()
    Terminal.message("splitface: \(text)")
  }

  private mutating func ended(_ outcome: BatchOutcome) {
    let name = outcome.item.name
    switch outcome.state {
    case .done(let result):
      for warning in result.record.warnings { message("\(name): \(warning)", .warning) }
      if form != .json { message(result.summary, .info) }
      clear()
      for output in result.outputs { Terminal.result(output.path(percentEncoded: false)) }
      let frames = result.record.frames
      json(
        .init(
          event: .finished, input: name, frames: frames.read, withFace: frames.withFace, elapsed: outcome.seconds,
          outputs: result.outputs.map { $0.path(percentEncoded: false) }))
    case .skipped(let run, let reason):
      if form != .json { message("\(name): skipped: \(reason)", .info) }
      json(
        .init(
          event: .finished, input: name, frames: run.frames.read, withFace: run.frames.withFace, elapsed: outcome.seconds,
          outputs: run.outputs.map { outcome.item.outputDirectory.appending(path: $0.file).path(percentEncoded: false) },
          skipped: reason))
    case .failed(let error):
      if form == .json {
        json(.init(event: .failed, input: name, error: Advice.sentence(for: error)))
      } else {
        failure(Advice.sentence(for: error))
      }
    case .cancelled:
      let text = "interrupted; no outputs were written for \(name)"
      if form == .json { json(.init(event: .failed, input: name, error: text)) } else { failure(text) }
    }
  }

  private enum Level: String {
    case info, warning
  }

  private mutating func message(_ text: String, _ level: Level) {
    if form == .json { return json(.init(event: .message, level: level.rawValue, message: text)) }
    guard verbosity != .quiet else { return }
    clear()
    Terminal.message("splitface: \(text)")
  }

  private mutating func show(_ progress: JobProgress, of name: String) {
    switch form {
    case .silent: return
    case .bar:
      guard Date().timeIntervalSince(lastBar) >= 0.1 else { return }
      lastBar = Date()
      Terminal.write("\r" + bar(progress, of: name, columns: max(10, Terminal.width - 1)) + "\u{1B}[K")
      isLineOpen = true
    case .lines, .json:
      // In plain text, the first line appears after an interval, so that short jobs print none. In JSON, it appears at once.
      let interval = form == .json ? 0.5 : 10
      let last = videos[name]?.lastShown ?? 0
      guard progress.elapsed - last >= interval || form == .json && last == 0 else { return }
      videos[name]?.lastShown = progress.elapsed
      if form == .lines {
        let whole = videos.count > 1 ? "; whole batch: \(wholeText.joined(separator: ", "))" : ""
        return Terminal.message("\(name): \(ProgressText.numbers(progress))\(whole)")
      }
      json(
        .init(
          event: .progress, input: name, frames: progress.framesDone, expected: progress.framesExpected, withFace: progress.framesWithFace,
          framesPerSecond: progress.framesPerSecond, elapsed: progress.elapsed, remaining: progress.remaining))
    }
  }

  /// Returns a line such as `[3/10 ████░░░░ 12:40 left] visit.mov ██████░░ 31/250, 0:07 left`.
  ///
  /// The line fits into the width of the terminal, because a wrapped line would scroll the terminal each time it is redrawn. The first part
  /// to be shortened is the file's name.
  private func bar(_ progress: JobProgress, of name: String, columns: Int) -> String {
    let isOne = videos.count == 1
    let whole = isOne ? "" : "[\(([wholeText[0], ProgressText.cells(wholeShare, of: 8)] + wholeText.dropFirst()).joined(separator: " "))] "
    let rest =
      ProgressText.bar(progress, cells: isOne ? 16 : 8) + (isOne ? ProgressText.numbers(progress) : ProgressText.shortNumbers(progress))
    let room = columns - whole.count - rest.count - 1
    return String((whole + (room < 4 ? "" : ProgressText.shortened(name, to: room) + " ") + rest).prefix(columns))
  }

  /// The progress of the whole batch in words: `3/10` and, if the remaining time can be estimated, `12:40 left`.
  private var wholeText: [String] {
    let share = wholeShare
    var text = ["\(min(videos.values.count(where: \.isEnded) + 1, videos.count))/\(videos.count)"]
    if share > 0.01, let began {
      let seconds = Date().timeIntervalSince(began)
      text.append("\(ProgressText.duration(seconds / share - seconds)) left")
    }
    return text
  }

  /// The finished share of the whole batch, 0…1. Skipped and failed videos are not counted. The others are weighted by their size in bytes,
  /// because it is known in advance, unlike the number of frames.
  private var wholeShare: Double {
    let counted = videos.values.filter { !$0.isLeftOut }
    let total = counted.reduce(0) { $0 + Double($1.bytes) }
    return total > 0 ? counted.reduce(0) { $0 + Double($1.bytes) * $1.share } / total : 0
  }

  private mutating func clear() {
    if isLineOpen { Terminal.write("\r\u{1B}[K") }
    isLineOpen = false
  }

  private func json(_ line: ProgressLine) {
    if form == .json { Terminal.message(line.text) }
  }
}
