import Foundation
import Results
import SplitFace

/// Processes a video and prints, for each Action Unit that moves, the side that moves less.
///
/// It shows the whole way through the library: configure, start, follow the progress, and read a table of the results.
@main
struct WeakerSide {
  static func main() async {
    let arguments = CommandLine.arguments.dropFirst()
    guard let video = arguments.first else { return fail("usage: WeakerSide VIDEO [FOLDER]") }
    do { try await compare(video: URL(filePath: video), folder: arguments.dropFirst().first.map { URL(filePath: $0) }) } catch {
      fail("\(error)")
    }
  }

  private static func compare(video: URL, folder: URL?) async throws {
    var spec = JobSpec(.process)
    spec.output = folder
    spec.overwrite = true
    let splitter = try FaceSplitter(for: spec)
    let job = splitter.start(video)
    for await progress in job.progress where progress.framesDone % 100 == 0 {
      message("\(progress.framesDone) of \(progress.framesExpected.map(String.init) ?? "?") frames")
    }
    let result = try await job.result()
    message(result.summary)

    guard let summary = result.outputs.first(where: { $0.lastPathComponent.hasSuffix("_summary.csv") }) else { return }
    for row in try rows(of: summary) {
      guard let unit = row["au"], let name = row["name"], let weaker = row["weaker_side"], let ratio = row["range_ratio"] else { continue }
      // Where neither side moves there is no ratio.
      if ratio != "nan" { print("\(unit) \(name): weaker side \(weaker), ratio of ranges \(ratio)") }
    }
  }

  /// The rows of a table by column name. Fields hold neither commas nor quotes.
  private static func rows(of table: URL) throws -> [[String: String]] {
    let lines = try String(contentsOf: table, encoding: .utf8).split(separator: "\n")
    guard let header = lines.first?.split(separator: ",", omittingEmptySubsequences: false) else { return [] }
    return lines.dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      return Dictionary(zip(header.map(String.init), fields.map(String.init))) { first, _ in first }
    }
  }

  private static func message(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

  private static func fail(_ line: String) {
    message(line)
    exit(1)
  }
}
