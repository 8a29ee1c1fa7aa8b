import Foundation
import Measures
import Results
import SplitFace

extension BenchmarkReport {
  /// The report as Markdown tables, which are also readable as plain text.
  public var text: String {
    var parts = [heading, "### Whole jobs\n\n" + jobTable, "### Stages of `\(jobs.first?.kind.rawValue ?? "process")`\n\n" + stageTable]
    if !networks.isEmpty {
      parts.append("### Networks: milliseconds per image on one thread, by batch size\n\n" + networkTable)
    }
    if let comparison { parts.append("### Threads compared with processes\n\n" + Self.table(of: comparison)) }
    if !notes.isEmpty { parts.append(notes.map { "- \($0)" }.joined(separator: "\n")) }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var heading: String {
    let origin =
      switch clip.origin {
      case .given: ""
      case .drawn: " (generated)"
      case .demo: " (the demo clip)"
      }
    let duration = clip.duration.map { Self.number($0, 1) + " s, " } ?? ""
    return """
      SplitFace \(version) on \(machine.processor), \(machine.cores) cores, \(Self.megabytes(machine.memory)), \(machine.system)
      ONNX Runtime \(machine.inference), providers \(machine.providers.joined(separator: ", ")), \(machine.threads) threads
      \(clip.name)\(origin): \(clip.width)×\(clip.height), \(duration)\(clip.frames) frames, \(clip.framesWithFace) with a face
      """
  }

  private var jobTable: String {
    MarkdownTable(
      header: ["job", "engine", "seconds", "frames per second", "× real time", "busy cores", "peak memory"],
      rows: jobs.map {
        [
          $0.kind.rawValue, $0.engine ?? "–", Self.number($0.seconds, 2), Self.number($0.framesPerSecond, 1),
          $0.realTimeFactor.map { Self.number($0, 2) } ?? "–", Self.number($0.busyCores, 2), $0.peakMemory.map(Self.megabytes) ?? "–",
        ]
      }, leading: 2
    ).text
  }

  private var stageTable: String {
    MarkdownTable(
      header: ["stage", "seconds", "share", "frames per second"],
      rows: stages.map {
        [
          $0.stage.rawValue, Self.number($0.seconds, 2), Self.number(100 * $0.share, 1) + " %",
          $0.framesPerSecond.map { Self.number($0, 1) } ?? "–",
        ]
      }, leading: 1
    ).text
  }

  /// One row for each network and provider, one column for each batch size.
  private var networkTable: String {
    let batches = Set(networks.map(\.batch)).sorted()
    var keys: [[String]] = []
    for row in networks where !keys.contains([row.network, row.provider]) { keys.append([row.network, row.provider]) }
    let rows = keys.map { key in
      key
        + batches.map { batch in
          networks.first { [$0.network, $0.provider] == key && $0.batch == batch }.map { Self.number($0.millisecondsPerImage, 2) } ?? "–"
        }
    }
    return MarkdownTable(header: ["network", "provider"] + batches.map(String.init), rows: rows, leading: 2).text
  }

  private static func table(of rows: [ComparisonRow]) -> String {
    MarkdownTable(
      header: ["", "workers", "frames", "frames per second", "memory", "start-up"],
      rows: rows.map {
        [
          $0.form.rawValue, String($0.workers), String($0.frames), number($0.framesPerSecond, 1), megabytes($0.peakMemory),
          number($0.startUp, 2) + " s",
        ]
      }, leading: 1
    ).text
  }

  private static func number(_ value: Double, _ digits: Int) -> String { DecimalText.text(value, decimals: digits) }

  private static func megabytes(_ bytes: Int) -> String { "\(Int((Double(bytes) / 1e6).rounded())) MB" }
}
