import Foundation
import SplitFace
import TestSupport
import Testing

/// Jobs on clips in which something drawn into the image covers a part of the face.
@Suite(TestJobs.trait) struct CoveredFaceTests {
  /// Runs a job on the grinning part of the shared clip, with a filter that draws something in front of the face.
  private func job(_ filter: String?) async throws -> FinishedJob {
    let folder = try TemporaryDirectory()
    let clip = folder.file("covered.mp4")
    try TestClips.write(.init(start: 24, frames: 36, filter: filter), to: clip)
    return try await TestJobs.run(clip)
  }

  private func covered(_ job: FinishedJob) throws -> [String: Int] {
    let table = try job.table("asymmetry")
    let names = ["eyes_right", "eyes_left", "mouth_right", "mouth_left"]
    return Dictionary(uniqueKeysWithValues: names.map { ($0, Int(table["\($0)_covered"].reduce(0, +))) })
  }

  @Test func aFaceWithNothingInFrontOfItIsNotCovered() async throws {
    let job = try await job(nil)
    #expect(try covered(job).values.allSatisfy { $0 == 0 })
  }

  @Test(arguments: ["0xb98a74", "0xa8c8dc"]) func aPlainMaskCoversTheMouth(_ colour: String) async throws {
    let job = try await job("drawbox=x=iw*0.33:y=ih*0.52:w=iw*0.26:h=ih*0.36:color=\(colour):t=fill")
    let found = try covered(job)
    #expect(found["mouth_right"] == 36)
    #expect(found["mouth_left"] == 36)
    let summary = try String(contentsOf: job.folder.file("covered_summary.csv"), encoding: .utf8).split(separator: "\n")
    let smile = try #require(summary.first { $0.hasPrefix("AU12,") })
    #expect(smile.hasSuffix(",none,covered,36"))
    let page = try String(contentsOf: job.folder.file("covered_report.html"), encoding: .utf8)
    #expect(page.contains("The mouth was covered in <strong>36 of 36</strong> frames"))
  }

  @Test func aBlackBarCoversTheEyes() async throws {
    let job = try await job("drawbox=x=iw*0.33:y=ih*0.33:w=iw*0.26:h=ih*0.16:color=black:t=fill")
    let found = try covered(job)
    #expect(found["eyes_right"] == 36)
    #expect(found["eyes_left"] == 36)
    #expect(found["mouth_right"] == 0)
  }
}
