import Foundation
import Measures
import Results
import SplitFace

/// Processes a video and prints the weaker side for each Action Unit whose sides clearly differ.
///
/// The example shows how to use the library from start to end: describe a job, start it, follow its progress, and read its results.
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
    let finished = try await job.result()
    message(finished.summary)

    // The findings are read back from the output files, as a program would do that uses them later.
    guard let recordFile = finished.outputs.last else { return }
    for finding in try StoredResult(recordFile: recordFile).findings() ?? [] {
      let percent = Int((100 * finding.ratio).rounded())
      print("\(finding.measure.name) \(finding.measure.title): weaker side \(finding.weaker.rawValue), at \(percent) % of the other")
    }
  }

  private static func message(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

  private static func fail(_ line: String) {
    message(line)
    exit(1)
  }
}
