import Benchmarking
import Foundation
import Testing

struct BenchmarkReportTests {
  private let json = Data(
    """
    {"clip": {"frames": 100, "framesWithFace": 90, "height": 360, "name": "visit.mp4", "origin": "given", "width": 640},
     "date": "2026-01-31T12:00:00Z",
     "jobs": [{"busyCores": 1.5, "engine": "mediapipe", "framesPerSecond": 25, "kind": "process", "peakMemory": 200000000, "seconds": 4}],
     "machine": {"cores": 2, "inference": "1.24", "memory": 8000000000, "processor": "EPYC", "providers": ["openvino", "cpu"],
       "system": "Linux", "threads": 2},
     "networks": [
       {"batch": 1, "millisecondsPerImage": 2, "network": "faceMesh", "provider": "cpu"},
       {"batch": 4, "millisecondsPerImage": 1.5, "network": "faceMesh", "provider": "cpu"},
       {"batch": 4, "millisecondsPerImage": 12.25, "network": "blendshapes", "provider": "cpu"}],
     "notes": ["a note"], "schema": 1,
     "stages": [{"framesPerSecond": 100, "seconds": 1, "share": 0.25, "stage": "read"}], "version": "0.0"}
    """.utf8)

  @Test func jsonKeepsEveryField() throws {
    let written = try BenchmarkReport.decoded(from: json).encoded()
    let fields = try #require(JSONSerialization.jsonObject(with: json) as? NSDictionary)
    #expect(try JSONSerialization.jsonObject(with: written) as? NSDictionary == fields)
  }

  @Test func networksShareARowAndHaveAColumnPerBatchSize() throws {
    #expect(
      try BenchmarkReport.decoded(from: json).text.contains(
        """
        | network     | provider |    1 |     4 |
        | ----------- | -------- | ---: | ----: |
        | faceMesh    | cpu      | 2.00 |  1.50 |
        | blendshapes | cpu      |    – | 12.25 |
        """))
  }

  @Test func theComparisonIsLeftOutIfItWasNotRequested() throws {
    #expect(try !BenchmarkReport.decoded(from: json).text.contains("Threads compared with processes"))
  }
}
