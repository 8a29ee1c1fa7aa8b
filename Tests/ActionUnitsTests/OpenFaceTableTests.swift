import ActionUnits
import FaceNetworks
import Foundation
import Measures
import Testing

struct OpenFaceTableTests {
  private let measures = ActionUnit.allCases.map {
    MeasureID(name: $0.columnName, title: $0.facsName, quantity: "intensity", highest: 5, origin: "a test")
  }

  private let reading: ActionUnitReading = {
    var reading = ActionUnitReading(confidence: 0.98765, intensity: [.au01: 0.25, .au45: 5], presence: [.au01: 0, .au45: 1])
    reading.emotion = (0..<8).map { Float($0) / 4 - 1 }
    reading.gaze = Gaze(yaw: -0.5, pitch: 0.125)
    return reading
  }()

  private static let units = ["01", "02", "04", "05", "06", "07", "09", "10", "12", "14", "15", "16", "17", "20", "23", "25", "26", "45"]
  private static let usual =
    ["frame", "face_id", "timestamp", "confidence", "success"] + units.map { "AU\($0)_r" } + units.map { "AU\($0)_c" }

  @Test func columnsAreThoseOfOpenFace() {
    #expect(OpenFaceTable.table(measures).header == Self.usual)
  }

  @Test func extraColumnsFollowInTheirOwnOrder() {
    let header = OpenFaceTable.table(measures, extras: [.gaze, .emotion]).header
    #expect(Array(header.prefix(41)) == Self.usual)
    #expect(header.count == 41 + 8 + 2)
    #expect(header[41] == "emotion_neutral")
    #expect(Array(header.suffix(2)) == ["gaze_yaw", "gaze_pitch"])
  }

  @Test func rowsAreReadBack() throws {
    let rows = [
      OpenFaceTable.Row(number: 1, timestamp: 0, reading: reading),
      OpenFaceTable.Row(number: 2, timestamp: 1001.0 / 30000, reading: .noFace),
      OpenFaceTable.Row(number: 3, timestamp: 3599.9999996, reading: reading),
    ]
    let text = OpenFaceTable.table(measures, extras: [.gaze, .emotion]).text(rows)
    let fields = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",").map(String.init) }
    #expect(Array(fields[0][0..<6]) == ["1", "0", "0.000000", "0.9877", "1", "0.2500"])
    #expect(fields[0][6] == "nan")
    #expect(fields[0][22] == "5.0000")
    #expect(fields[0][23] == "0")
    #expect(fields[0][24] == "nan")
    #expect(fields[0][40] == "1")
    #expect(
      Array(fields[0][41...]) == [
        "-1.0000", "-0.7500", "-0.5000", "-0.2500", "0.0000", "0.2500", "0.5000", "0.7500", "-0.50000", "0.12500",
      ])
    #expect(Array(fields[1][0..<5]) == ["2", "0", "0.033367", "0.0000", "0"])
    #expect(fields[1][5...].allSatisfy { $0 == "nan" })
    #expect(fields[2][2] == "3600.000000")
  }
}
