import ActionUnits
import FaceNetworks
import FaceTracking
import Foundation
import Measures
import Results
import SplitFace
import Testing

@Suite struct JobTableTests {
  @Test func theFaceTableShowsWhereTheFaceIs() throws {
    var observation = FaceObservation(
      state: .found, midline: Midline(glabella: SIMD2(1, 2), chin: SIMD2(3, 4.5)), quality: 0.5, confidence: 0.9)
    observation.pose = HeadPose(yaw: -5, pitch: 6, roll: 7.0625)
    let rows = [(0.5, FaceObservation.absent), (0.75, observation)].enumerated().map { index, frame in
      FaceTable.Row(number: index + 1, timestamp: frame.0, face: FaceTable.Face(frame.1))
    }
    let lines = FaceTable.table.text(rows).split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    #expect(
      lines[0] == [
        "frame", "timestamp", "success", "confidence", "glabella_x", "glabella_y", "chin_x", "chin_y", "yaw", "pitch", "roll", "quality",
      ])
    #expect(lines[1] == ["1", "0.500000", "0", "0.0000"] + [String](repeating: "nan", count: 8))
    #expect(lines[2] == ["2", "0.750000", "1", "0.9000", "1.000", "2.000", "3.000", "4.500", "-5.000", "6.000", "7.063", "0.5000"])
  }

  @Test func theLandmarksTableShowsEveryPointAndBlendshape() {
    let points = (0..<478).map { SIMD3(Double($0), Double($0) + 0.25, -Double($0)) }
    let rows = [
      LandmarksTable.Row(number: 1, timestamp: 0, landmarks: points, blendshapes: [Float](repeating: 0.5, count: 52)),
      LandmarksTable.Row(number: 2, timestamp: 1, landmarks: nil, blendshapes: nil),
    ]
    let lines = LandmarksTable.table.text(rows).split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    #expect(lines.allSatisfy { $0.count == 3 + 3 * 478 + 52 })
    #expect(lines[0][3] == "x_0")
    #expect(lines[0][480] == "x_477")
    #expect(lines[0][481] == "y_0")
    #expect(lines[0][1436] == "z_477")
    #expect(Array(lines[0].suffix(52)) == BlendshapeNetwork.names)
    #expect(lines[1][480] == "477.000")
    #expect(lines[1][481] == "0.250")
    #expect(lines[1][1436] == "-477.000")
    #expect(lines[1].last == "0.50000")
    #expect(lines[2][3...].allSatisfy { $0 == "nan" })
  }

  @Test func everyColumnOfEveryTableIsDescribed() {
    let context = JobTable.Context(measures: .none, extraColumns: [.emotion, .gaze], settings: ComparisonSettings())
    for table in JobTable.all {
      let columns = table.columns(context)
      #expect(Set(columns.map(\.name)).count == columns.count, "\(table.ending)")
    }
  }
}
