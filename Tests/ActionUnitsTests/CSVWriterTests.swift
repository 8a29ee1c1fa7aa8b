import ActionUnits
import FaceNetworks
import Foundation
import TestSupport
import Testing

struct CSVWriterTests {
  private func table(_ file: URL) throws -> [[String]] {
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.hasSuffix("\n"))
    return text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  private let reading: ActionUnitReading = {
    var reading = ActionUnitReading(confidence: 0.98765, intensity: [.au01: 0.25, .au45: 5], presence: [.au01: 0, .au45: 1])
    reading.emotion = (0..<8).map { Float($0) / 4 - 1 }
    reading.gaze = Gaze(yaw: -0.5, pitch: 0.125)
    return reading
  }()

  @Test func columnsAreOpenFaces() {
    let units = ["01", "02", "04", "05", "06", "07", "09", "10", "12", "14", "15", "16", "17", "20", "23", "25", "26", "45"]
    #expect(
      OpenFaceCSVWriter.columns() == ["frame", "face_id", "timestamp", "confidence", "success"] + units.map { "AU\($0)_r" }
        + units.map { "AU\($0)_c" })
  }

  @Test func readsBack() throws {
    let folder = try TemporaryDirectory()
    let writer = try OpenFaceCSVWriter(path: folder.file("a.csv").path, extras: [.gaze, .emotion])
    try writer.write(timestamp: 0, reading)
    try writer.write(timestamp: 1001.0 / 30000, .noFace)
    try writer.write(timestamp: 3599.9999996, reading)
    #expect(folder.contents.allSatisfy { $0.contains(".partial-") })
    #expect(try writer.finish() == 3)
    #expect(folder.contents == ["a.csv"])

    let rows = try table(folder.file("a.csv"))
    #expect(rows[0] == OpenFaceCSVWriter.columns(extras: [.emotion, .gaze]))
    #expect(rows.allSatisfy { $0.count == 5 + 36 + 8 + 2 })
    #expect(Array(rows[1][0..<6]) == ["1", "0", "0.000000", "0.9877", "1", "0.2500"])
    #expect(rows[1][6] == "nan")
    #expect(rows[1][22] == "5.0000")
    #expect(rows[1][23] == "0" && rows[1][24] == "nan" && rows[1][40] == "1")
    #expect(
      Array(rows[1][41...]) == ["-1.0000", "-0.7500", "-0.5000", "-0.2500", "0.0000", "0.2500", "0.5000", "0.7500", "-0.50000", "0.12500"])
    #expect(Array(rows[2][0..<5]) == ["2", "0", "0.033367", "0.0000", "0"])
    #expect(rows[2][5...].allSatisfy { $0 == "nan" })
    #expect(rows[3][2] == "3600.000000")
  }

  @Test(arguments: [0.0, 1.5, -1.5, 0.0004, -0.0004, 0.0005, 123456.789, -0.9996, 1e-12, 99.9995, 1e12, 0.1 + 0.2])
  func decimalsAreThoseOfPrintf(_ value: Double) throws {
    let folder = try TemporaryDirectory()
    let writer = try FaceCSVWriter(path: folder.file("f.csv").path)
    try writer.write(
      timestamp: 0,
      FaceCSVWriter.Row(confidence: 1, glabella: SIMD2(value, 0), chin: .zero, yaw: 0, pitch: 0, roll: 0, quality: 1))
    try writer.finish()
    let written = try table(folder.file("f.csv"))[1][4]
    // A value halfway between two texts may go either way; a negative that rounds to zero loses its sign here.
    #expect(abs(try #require(Double(written)) - value) <= 0.000_500_001)
    #expect(written.split(separator: ".").last?.count == 3)
    #expect(written != "-0.000")
  }

  @Test func faceAndLandmarksReadBack() throws {
    let folder = try TemporaryDirectory()
    let faces = try FaceCSVWriter(path: folder.file("f.csv").path)
    try faces.write(timestamp: 0.5, nil)
    try faces.write(
      timestamp: 0.75,
      FaceCSVWriter.Row(
        confidence: 0.9, glabella: SIMD2(1, 2), chin: SIMD2(3, 4.5), yaw: -5, pitch: 6, roll: 7.0625, quality: 0.5))
    #expect(try faces.finish() == 2)
    let rows = try table(folder.file("f.csv"))
    #expect(rows[0] == FaceCSVWriter.columns)
    #expect(rows[1] == ["1", "0.500000", "0", "0.0000"] + [String](repeating: "nan", count: 8))
    #expect(rows[2] == ["2", "0.750000", "1", "0.9000", "1.000", "2.000", "3.000", "4.500", "-5.000", "6.000", "7.063", "0.5000"])

    let landmarks = try LandmarksCSVWriter(path: folder.file("l.csv").path, blendshapes: BlendshapeNetwork.names)
    let points = (0..<478).map { SIMD3(Double($0), Double($0) + 0.25, -Double($0)) }
    try landmarks.write(timestamp: 0, landmarks: points, blendshapes: [Float](repeating: 0.5, count: 52))
    try landmarks.write(timestamp: 1, landmarks: nil, blendshapes: nil)
    try landmarks.finish()
    let table = try table(folder.file("l.csv"))
    #expect(table.allSatisfy { $0.count == 3 + 3 * 478 + 52 })
    #expect(table[0][3] == "x_0" && table[0][480] == "x_477" && table[0][481] == "y_0" && table[0][1436] == "z_477")
    #expect(Array(table[0].suffix(52)) == BlendshapeNetwork.names)
    #expect(table[1][480] == "477.000" && table[1][481] == "0.250" && table[1][1436] == "-477.000" && table[1].last == "0.50000")
    #expect(table[2][3...].allSatisfy { $0 == "nan" })
  }

  @Test func nothingIsLeftOfWhatIsNotFinished() throws {
    let folder = try TemporaryDirectory()
    try "before".write(to: folder.file("a.csv"), atomically: true, encoding: .utf8)
    let cancelled = try OpenFaceCSVWriter(path: folder.file("a.csv").path)
    for _ in 0..<2000 { try cancelled.write(timestamp: 1, reading) }
    cancelled.cancel()
    #expect(throws: ActionUnitError.self) { try cancelled.finish() }
    do { _ = try OpenFaceCSVWriter(path: folder.file("b.csv").path) }
    #expect(folder.contents == ["a.csv"])
    #expect(try String(contentsOf: folder.file("a.csv"), encoding: .utf8) == "before")
  }

  @Test func manyRowsAreStreamed() throws {
    let folder = try TemporaryDirectory()
    let writer = try OpenFaceCSVWriter(path: folder.file("a.csv").path)
    for index in 0..<5000 { try writer.write(timestamp: Double(index) / 30, reading) }
    #expect(try writer.finish() == 5000)
    let rows = try table(folder.file("a.csv"))
    #expect(rows.count == 5001)
    #expect(rows[5000][0] == "5000")
  }

  @Test func anUnwritableFolderIsSaid() {
    #expect { _ = try OpenFaceCSVWriter(path: "/nowhere/at/all.csv") } throws: { error in
      "\(error)".contains("/nowhere/at/all.csv") && "\(error)".contains("No such file")
    }
  }
}
